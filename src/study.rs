//! Figures about certified plans: vacancies, cover, pools.

pub mod matching;
