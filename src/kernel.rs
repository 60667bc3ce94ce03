//! Numbers only: assignment with prices, multipliers, branch and bound. Knows no people, posts or money.
