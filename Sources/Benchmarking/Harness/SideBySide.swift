import Kernels
import Synchronization

/// The same loop on several threads at once, as a machine full of workers runs it: frequency, shared caches and memory
/// are then those of a real sweep.
public struct SideBySide: Sendable {
  /// Seconds on a clock that only goes forward.
  public let clock: @Sendable () -> Double
  /// Threads at work.
  public let threads: Int
  /// How long each thread goes round.
  public let seconds: Double

  /// Threads wait for each other so long at most; where the system runs them one after another, they would wait for ever.
  private static let patience = 1.0
  /// The system may take so long to give each of some new threads a processor of its own.
  private static let settling = 0.006

  public init(clock: @escaping @Sendable () -> Double, threads: Int, seconds: Double) {
    precondition(threads >= 1, "at least one thread")
    self.clock = clock
    self.threads = threads
    self.seconds = seconds
  }

  private struct Lap<Tally: Sendable>: Sendable {
    var start = Double.infinity
    var end = -Double.infinity
    var tally: Tally
  }

  /// Goes round on all threads at once.
  ///
  /// - Parameters:
  ///   - tally: what each thread begins to count from.
  ///   - makeState: called once by each thread, before the time begins.
  ///   - body: one round, which counts what it did; the first ones of a thread do not count.
  /// - Returns: what each thread has counted, and the seconds from the first round's start to the last one's end.
  func run<State: ~Copyable, Tally: Sendable>(
    tally: Tally, makeState: @Sendable () -> State, body: @Sendable (inout State, inout Tally) -> Void
  ) -> (tallies: [Tally], seconds: Double) {
    let arrived = Atomic(0)
    let laps = DisjointSlots.fill(count: threads, repeating: Lap(tally: tally)) { slots in
      Workers.forEach(items: threads, threads: threads) {
        makeState()
      } body: { state, item in
        var warmUp = tally
        body(&state, &warmUp)
        arrived.wrappingAdd(1, ordering: .relaxed)
        let waiting = clock()
        while arrived.load(ordering: .relaxed) < threads, clock() - waiting < Self.patience {}
        let settled = clock() + (threads > 1 ? Self.settling : 0)
        while clock() < settled { body(&state, &warmUp) }
        var lap = Lap(start: clock(), tally: tally)
        repeat {
          body(&state, &lap.tally)
          lap.end = clock()
        } while lap.end - lap.start < seconds
        slots.write(lap, at: item)
      }
    }
    let start = laps.reduce(.infinity) { min($0, $1.start) }
    let end = laps.reduce(-.infinity) { max($0, $1.end) }
    return (laps.map(\.tally), end - start)
  }

  /// What all threads together get done in a second, by what each round says that it did.
  func rate<State: ~Copyable>(
    makeState: @Sendable () -> State, body: @Sendable (inout State) -> Double
  ) -> Double {
    let (done, seconds) = run(tally: 0.0, makeState: makeState) { $1 += body(&$0) }
    return done.reduce(0, +) / seconds
  }
}
