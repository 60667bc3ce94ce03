//! Checks a plan and its proofs from the words of the rules; shares nothing with the solver.
