//! Figures about certified plans: vacancies, cover, pools.
