import Kernels

/// Resamples of bars: which bars each of them draws, as a pure function of a seed and its number.
///
/// Every resample draws from a stream of its own, so that none depends on threads, on batches, or on how many
/// there are. Explicit lists of bars stand in their place where other software, or an enumeration of all of them,
/// says which.
public struct Resamples: Equatable, Sendable {
  /// Enough to tell a p-value of 10⁻⁵ from 0; statistics keep some numbers for each.
  public static let maximumCount = 100_000

  /// How often a list may draw the same bar: draws are counted in 16 bits. A random resample never comes near it, since
  /// no block holds a bar twice.
  static let mostOfOneBar = Int(Int16.max)

  /// Bytes that the draws of resamples may take at a time, unless said.
  static let drawLimit = 64 << 20

  private enum Origin: Equatable {
    case drawn(BlockScheme, lengths: GeometricDistribution, seed: UInt64)
    case listed([[Int]])
  }

  /// T, the bars that are drawn from and the length of each resample.
  public let bars: Int
  /// B.
  public let count: Int
  /// The expected length of a block in bars; 1/p in the kernel of Hansen's variance.
  public let meanBlockLength: Double
  private let origin: Origin

  /// `count` resamples of `bars` bars by `scheme` under `seed`; the last block of each is cut at its end.
  ///
  /// - Throws: ``StatisticsError`` for a number of resamples or a block length that is out of range.
  public init(_ scheme: BlockScheme, bars: Int, count: Int, seed: UInt64) throws(StatisticsError) {
    try Self.check(count: count, meanBlockLength: scheme.meanBlockLength, bars: bars)
    self.bars = bars
    self.count = count
    meanBlockLength = scheme.meanBlockLength
    origin = .drawn(scheme, lengths: GeometricDistribution(mean: scheme.meanBlockLength), seed: seed)
  }

  /// The resamples that `lists` names, bar by bar; each has as many bars as the sample.
  ///
  /// - Throws: ``StatisticsError`` where a list has another length than the first, names a bar that is not there or one
  ///   too often, and as for the drawn ones.
  public init(lists: [[Int]], meanBlockLength: Double) throws(StatisticsError) {
    let bars = lists.first?.count ?? 0
    try Self.check(count: lists.count, meanBlockLength: meanBlockLength, bars: bars)
    for (number, list) in lists.enumerated() {
      guard list.count == bars, list.allSatisfy({ (0..<bars).contains($0) }) else {
        throw .resampleList(number: number, bars: bars)
      }
      // No bar of a shorter list can be drawn more often.
      guard bars > Self.mostOfOneBar else { continue }
      var times = Array(repeating: 0, count: bars)
      for bar in list { times[bar] += 1 }
      if let most = times.max(), most > Self.mostOfOneBar {
        throw .drawnTooOften(number: number, times: most)
      }
    }
    self.bars = bars
    count = lists.count
    self.meanBlockLength = meanBlockLength
    origin = .listed(lists)
  }

  private static func check(count: Int, meanBlockLength: Double, bars: Int) throws(StatisticsError) {
    guard count >= 1, count <= maximumCount else { throw .resamples(count) }
    guard bars >= 1, meanBlockLength >= 1, meanBlockLength <= Double(bars) else {
      throw .blockLength(meanBlockLength, bars: bars)
    }
  }

  /// The bars of resample `number`, in the order in which they are drawn.
  public func indices(of number: Int) -> [Int] {
    var indices: [Int] = []
    indices.reserveCapacity(bars)
    forEachRun(of: number) { indices.append(contentsOf: $0) }
    return indices
  }

  /// How often resample `number` draws each bar.
  public func multiplicities(of number: Int) -> [Int] {
    var times = Array(repeating: 0, count: bars)
    forEachRun(of: number) { for bar in $0 { times[bar] += 1 } }
    return times
  }

  /// Calls `body` with the runs of adjacent bars that make up resample `number`; a block over the end makes two.
  func forEachRun(of number: Int, _ body: (Range<Int>) -> Void) {
    precondition((0..<count).contains(number), "a resample that is there")
    switch origin {
    case .listed(let lists):
      for bar in lists[number] { body(bar..<bar + 1) }
    case .drawn(let scheme, let lengths, let seed):
      var stream = RandomStream(seed: seed, purpose: .resample, index: UInt64(number))
      var left = bars
      while left > 0 {
        let (start, length) = block(scheme, lengths, limit: left, from: &stream)
        let end = min(start + length, bars)
        body(start..<end)
        if start + length > bars { body(0..<start + length - bars) }
        left -= length
      }
    }
  }

  private func block(
    _ scheme: BlockScheme, _ lengths: GeometricDistribution, limit: Int, from stream: inout RandomStream
  ) -> (start: Int, length: Int) {
    switch scheme {
    case .stationary: (stream.integer(below: bars), lengths.draw(limit: limit, from: &stream))
    case .circular(let length): (stream.integer(below: bars), min(length, limit))
    case .movingBlocks(let length): (stream.integer(below: bars - length + 1), min(length, limit))
    }
  }
}
