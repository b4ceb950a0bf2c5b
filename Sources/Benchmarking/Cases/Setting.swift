import Backtesting
import Kernels

/// With what cases are timed.
public struct Setting: Sendable {
  /// Threads at most, at least 1.
  public let threads: Int
  /// Precisions in which backtests are timed.
  public let precisions: [Precision]
  /// The clock, and the patience with each case.
  public let stopwatch: Stopwatch
  /// Seconds for each measurement of a part that is timed on its own.
  public let secondsOfParts: Double
  /// Seconds of one pass of the triad, by the threads that share it; measured first, since limits need it.
  public let bandwidths: [Int: Sample]
  /// Bytes of one pass of the triad.
  public let triadBytes: Double

  /// Threads of the measurements: one, and all.
  public var threadCounts: [Int] { threads == 1 ? [1] : [1, threads] }

  /// Numbers of threads, doubled from one to all.
  public var steps: [Int] { Self.steps(to: threads) }

  private static func steps(to threads: Int) -> [Int] {
    var steps = [1]
    while let last = steps.last, last < threads { steps.append(min(2 * last, threads)) }
    return steps
  }

  /// Measures how fast memory is.
  ///
  /// - Parameter machine: whose caches are not to hold what is measured.
  public init(
    threads: Int, precisions: [Precision], stopwatch: Stopwatch, secondsOfParts: Double, machine: Machine
  ) {
    self.threads = threads
    self.precisions = precisions
    self.stopwatch = stopwatch
    self.secondsOfParts = secondsOfParts
    let count = Self.triadCount(lastCache: machine.lastCache ?? 0, memory: machine.memoryBytes)
    let bytes = Double(3 * count * MemoryLayout<Float>.stride)
    triadBytes = bytes
    var bandwidths: [Int: Sample] = [:]
    for threads in Self.steps(to: threads) {
      let side = SideBySide(clock: stopwatch.clock, threads: threads, seconds: secondsOfParts)
      bandwidths[threads] = Sample(
        (0..<max(1, stopwatch.effort.fewest - 2)).map { _ in bytes / Self.bandwidth(count: count, side: side)
        })
    }
    self.bandwidths = bandwidths
  }

  /// The setting of a machine whose memory was measured before.
  init(
    threads: Int, precisions: [Precision], stopwatch: Stopwatch, secondsOfParts: Double,
    bandwidths: [Int: Sample], triadBytes: Double
  ) {
    self.threads = threads
    self.precisions = precisions
    self.stopwatch = stopwatch
    self.secondsOfParts = secondsOfParts
    self.bandwidths = bandwidths
    self.triadBytes = triadBytes
  }

  /// The same with other patience, or other precisions.
  public func with(effort: Stopwatch.Effort, precisions: [Precision]) -> Setting {
    Setting(
      threads: threads, precisions: precisions, stopwatch: stopwatch.with(effort),
      secondsOfParts: secondsOfParts, bandwidths: bandwidths, triadBytes: triadBytes)
  }

  /// Loops on `threads` threads at once, for one of so many parts of the time.
  func side(_ threads: Int, parts: Int = 1) -> SideBySide {
    SideBySide(clock: stopwatch.clock, threads: threads, seconds: secondsOfParts / Double(parts))
  }

  /// Bytes a second from memory, of `threads` threads together; the best that was seen.
  func bandwidth(threads: Int) -> Double {
    bandwidths[threads].map { triadBytes / $0.minimum } ?? .nan
  }

  private static func bandwidth(count: Int, side: SideBySide) -> Double {
    side.rate {
      MemoryTriad(count: count / side.threads)
    } body: { triad in
      triad.pass()
      return Double(triad.bytes)
    }
  }

  /// Numbers of one vector: four times the last cache (as STREAM asks for), between 64 MB and 512 MB, and all three in
  /// a quarter of the memory.
  static func triadCount(lastCache: Int, memory: Int?) -> Int {
    let bytes = min(max(4 * lastCache, 64 << 20), 512 << 20, (memory ?? .max) / 12)
    return bytes / MemoryLayout<Float>.stride
  }
}
