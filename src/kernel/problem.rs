//! The problem in arrays: a network, rows and switches, and one choice for everything.

/// Marks "no arc": the agent stays out.
pub const NONE: u32 = u32::MAX;

/// Agents, arcs and columns.
///
/// The arcs of agent `i` are `first[i]..first[i + 1]`; arc `a` leads to `column[a]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Network {
    /// Where each agent's arcs begin; one longer than there are agents.
    pub first: Vec<u32>,
    /// The column that each arc leads to.
    pub column: Vec<u32>,
    /// How many agents each column takes.
    pub capacity: Vec<u32>,
    /// Whether each agent may stay out.
    pub may_stay_out: Vec<bool>,
}

impl Network {
    /// How many agents there are.
    pub fn agents(&self) -> usize {
        self.may_stay_out.len()
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.capacity.len()
    }

    /// How many arcs there are.
    pub fn arcs(&self) -> usize {
        self.column.len()
    }

    /// The arcs of an agent.
    pub fn arcs_of(&self, agent: usize) -> std::ops::Range<usize> {
        self.first[agent] as usize..self.first[agent + 1] as usize
    }

    /// The agent of every arc.
    pub fn owners(&self) -> Vec<u32> {
        let mut owners = vec![0; self.arcs()];
        for (agent, range) in self.first.windows(2).enumerate() {
            for owner in &mut owners[range[0] as usize..range[1] as usize] {
                *owner = u32::try_from(agent).expect("fewer than 2^32 agents");
            }
        }
        owners
    }
}

/// A sum over chosen arcs and switches that are on; it may not exceed `limit`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Terms `(arc, coefficient)`, lowest arc first, no arc twice, no coefficient nought.
    pub arcs: Vec<(u32, i64)>,
    /// Terms `(switch, coefficient)`.
    pub switches: Vec<(u32, i64)>,
    /// The limit.
    pub limit: i64,
    /// The switch that this row holds shut: it may be on only if the row then holds.
    pub gate: Option<u32>,
}

impl Row {
    /// The sum at a point.
    pub fn sum(&self, problem: &Problem, point: &Point) -> i64 {
        let chosen = |&&(arc, _): &&(u32, i64)| point.choice[problem.owner[arc as usize] as usize] == arc;
        let arcs: i64 = self.arcs.iter().filter(chosen).map(|&(_, k)| k).sum();
        let switches: i64 = self.switches.iter().filter(|&&(s, _)| point.on[s as usize]).map(|&(_, k)| k).sum();
        arcs + switches
    }

    /// The same row from the other side: its sum is not less than the limit. It holds no gate.
    pub fn opposite(&self) -> Row {
        Row {
            arcs: self.arcs.iter().map(|&(arc, k)| (arc, -k)).collect(),
            switches: self.switches.iter().map(|&(switch, k)| (switch, -k)).collect(),
            limit: -self.limit,
            gate: None,
        }
    }

    /// Largest coefficient in absolute value, at least 1.
    pub fn scale(&self) -> i64 {
        let all = self.arcs.iter().chain(&self.switches);
        all.map(|&(_, k)| k.abs()).max().unwrap_or(1).max(1)
    }
}

/// A network with rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    /// Agents, arcs and columns.
    pub network: Network,
    /// The agent of every arc.
    pub owner: Vec<u32>,
    /// How many switches there are.
    pub switches: usize,
    /// What must hold.
    pub rows: Vec<Row>,
}

/// The greatest common divisor, not below nought; of nought and a number, the number.
pub fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    match (i64::try_from(a), i64::try_from(b)) {
        // Division in 128 bits is slow.
        (Ok(a), Ok(b)) => narrow_divisor(a.unsigned_abs(), b.unsigned_abs()).into(),
        (Ok(_), Err(_)) | (Err(_), _) if b == 0 => a.abs(),
        (Ok(_), Err(_)) | (Err(_), _) => greatest_common_divisor(b, a % b),
    }
}

fn narrow_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { narrow_divisor(b, a % b) }
}

/// One integer choice for everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The arc of each agent, or [`NONE`].
    pub choice: Vec<u32>,
    /// Whether each switch is on.
    pub on: Vec<bool>,
}

impl Point {
    /// The point with these choices; each switch is on wherever its gate lets it.
    pub fn new(problem: &Problem, choice: Vec<u32>) -> Self {
        let mut point = Self { choice, on: vec![false; problem.switches] };
        for row in &problem.rows {
            if let Some(switch) = row.gate {
                point.on[switch as usize] = true;
                point.on[switch as usize] = row.sum(problem, &point) <= row.limit;
            }
        }
        point
    }

    /// Whether every row holds.
    pub fn keeps(&self, problem: &Problem) -> bool {
        problem.rows.iter().all(|row| row.sum(problem, self) <= row.limit)
    }
}
