//! Runs a stretch of scenarios over threads, and hands their rows on in order.
//!
//! Threads take small pieces of the stretch one after the other; what is finished out of turn waits. So whoever takes the rows sees
//! the same ones in the same order, however many threads there are, and an interrupted run ends with a beginning of them.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use crate::certify::Refusal;
use crate::solve::{Limits, Solver};
use crate::study::sweep::{Scene, Sweep};

/// Scenarios that a thread takes at a time.
const PIECE: u64 = 16;
/// How many pieces a thread may be ahead of the rows that were taken.
const AHEAD: u64 = 4_096;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With every scenario.
    Finished,
    /// With a beginning of them, because it was asked to stop.
    Stopped,
}

/// Why a run could not go on.
#[derive(Debug)]
pub enum Fault<E> {
    /// The checker does not confirm the solver's answer in this scenario: a bug of ours.
    Refused(u64, Refusal),
    /// Whoever takes the rows cannot.
    Taking(E),
}

/// What a thread found in a piece: its scenes, or as far as it came.
struct Piece {
    from: u64,
    scenes: Vec<Scene>,
    fault: Option<(u64, Refusal)>,
}

/// What the threads share.
struct Shared<'a, 'b> {
    sweep: &'a Sweep<'b>,
    range: Range<u64>,
    next: AtomicU64,
    taken: AtomicU64,
    halt: AtomicBool,
    should_stop: &'a (dyn Fn() -> bool + Sync),
}

impl Shared<'_, '_> {
    fn stops(&self) -> bool {
        self.halt.load(Ordering::Relaxed) || (self.should_stop)()
    }
}

/// Solves these scenarios, and hands them on in order, some at a time.
///
/// # Errors
/// [`Fault`]: the first scenario that is refused, in order; or what `take` said.
pub fn run<E>(
    sweep: &Sweep<'_>,
    range: Range<u64>,
    threads: NonZeroUsize,
    should_stop: &(dyn Fn() -> bool + Sync),
    take: &mut dyn FnMut(&[Scene]) -> Result<(), E>,
) -> Result<End, Fault<E>> {
    let (next, taken) = (AtomicU64::new(range.start), AtomicU64::new(range.start));
    let shared = Shared { sweep, range: range.clone(), next, taken, halt: AtomicBool::new(false), should_stop };
    thread::scope(|scope| {
        let (send, receive) = sync_channel::<Piece>(threads.get() * 4);
        for _ in 0..threads.get() {
            let send = send.clone();
            let shared = &shared;
            scope.spawn(move || work(shared, &send));
        }
        drop(send);
        let mut waiting: BTreeMap<u64, Piece> = BTreeMap::new();
        let mut at = range.start;
        for piece in receive {
            waiting.insert(piece.from, piece);
            while let Some(piece) = waiting.remove(&at) {
                let taken = take(&piece.scenes).map_err(Fault::Taking);
                let refused = piece.fault.map_or(Ok(()), |(scenario, refusal)| Err(Fault::Refused(scenario, refusal)));
                if let Err(fault) = taken.and(refused) {
                    shared.halt.store(true, Ordering::Relaxed);
                    return Err(fault);
                }
                at += piece.scenes.len() as u64;
                shared.taken.store(at, Ordering::Relaxed);
            }
        }
        Ok(if at == range.end { End::Finished } else { End::Stopped })
    })
}

/// Takes pieces until there are none, or it is time to stop.
fn work(shared: &Shared<'_, '_>, send: &SyncSender<Piece>) {
    let should_stop = || shared.stops();
    let limits = Limits { solver: Solver::Network, should_stop: &should_stop };
    loop {
        let from = shared.next.fetch_add(PIECE, Ordering::Relaxed);
        // One slow scenario must not fill the memory with what comes after it.
        while from > shared.taken.load(Ordering::Relaxed) + AHEAD * PIECE && !shared.stops() {
            thread::yield_now();
        }
        if from >= shared.range.end || shared.stops() {
            return;
        }
        let mut piece = Piece { from, scenes: Vec::new(), fault: None };
        let mut whole = true;
        for scenario in from..shared.range.end.min(from + PIECE) {
            match shared.sweep.scene(scenario, &limits) {
                Ok(Some(scene)) => piece.scenes.push(scene),
                Ok(None) => whole = false,
                Err(refusal) => {
                    piece.fault = Some((scenario, refusal));
                    whole = false;
                }
            }
            if !whole || shared.stops() {
                break;
            }
        }
        if send.send(piece).is_err() || !whole {
            return;
        }
    }
}
