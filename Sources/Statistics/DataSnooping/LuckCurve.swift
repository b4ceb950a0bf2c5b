/// How the luck of the best grows with the number of strategies: the expected best of n of those that were tried, and how
/// far it varies.
///
/// Formula: with m(A) the largest over a set A of ``LuckOfTheBest``, the mean and the quantiles of m(A) over resamples
/// and sets A of n strategies. For small n these are all sets of a sample of S strategies: the (k+1)-th largest of a
/// resample is the best of C(S-1-k, n-1) of the C(S, n) sets. For large n it is one set for each halving
/// (``SnoopingSubset/halved(_:)``), and all strategies at the end.
///
/// Shapes and units: in standard errors, as ``LuckOfTheBest``; points by ascending n.
///
/// Null hypothesis: no strategy has an expected return other than the benchmark's. Strategies that resemble each other
/// make the curve flat.
///
/// Edge cases: no points without a strategy that has variance.
///
/// Reference: White 2000, "A reality check for data snooping", for the resampled best; the weights of order statistics
/// are those of sampling without replacement, David & Nagaraja 2003, "Order statistics", section 3.7.
public struct LuckCurve: Equatable, Sendable {
  /// S at most.
  public static let sampleSize = 64
  /// Of these statistics so many are sorted: 16 MB.
  private static let mostValues = 1 << 20

  /// The best of some strategies.
  public struct Point: Equatable, Sendable {
    /// n.
    public let strategies: Int
    /// Of the best.
    public let mean: Double
    /// What it exceeds in all but a twentieth.
    public let lower: Double
    /// What it does not exceed in all but a twentieth.
    public let upper: Double
  }

  /// By ascending number of strategies.
  public let points: [Point]

  /// The curve of strategies that follow each other in `parts`, by a look at a sample of them.
  ///
  /// - Parameters:
  ///   - returns: those of all parts, by the same numbers.
  ///   - benchmark: as in the first look.
  ///   - drawn: the draws of the first look, where they are still there.
  /// - Precondition: all parts were resampled alike, and there are as many strategies in all.
  public init(
    _ parts: [SnoopingPart], of returns: some ReturnSource, benchmark: [Double]? = nil,
    drawn: DrawnResamples? = nil, threads: Int = 1
  ) throws(StatisticsError) {
    let merged = try SnoopingPart.merged(parts)
    let means = merged?.means ?? []
    precondition(means.count == returns.strategies, "a mean for each strategy")
    let standing = means.indices.filter { means[$0].hasVariance }
    guard !standing.isEmpty, let whole = merged?.maxima else {
      points = []
      return
    }
    let sample = Self.sample(
      of: standing, atMost: max(1, min(Self.sampleSize, Self.mostValues / whole.resamples.count)))
    let values = ResampledMaxima(
      returns: PackedReturns(returns, numbers: sample), benchmark: benchmark ?? [],
      drawn: drawn ?? DrawnResamples(whole.resamples, threads: threads), threads: threads
    ).values(.upper, means: sample.map { means[$0] })
    var points = Self.points(values, strategies: sample.count, resamples: whole.resamples.count)
    for row in whole.subsets.reversed() {
      if case .halved = row.subset, row.strategies > sample.count, row.strategies < standing.count {
        points.append(Point(strategies: row.strategies, maxima: row.maxima))
      }
    }
    if standing.count > sample.count {
      points.append(Point(strategies: standing.count, maxima: whole.maxima(.upper)))
    }
    self.points = points
  }

  /// Those that are still there after as few halvings as leave no more than `limit`.
  private static func sample(of standing: [Int], atMost limit: Int) -> [Int] {
    var sample = standing
    var halvings = 0
    while sample.count > limit {
      halvings += 1
      let left = sample.filter { SnoopingSubset.halvings(of: $0) >= halvings }
      // A half of two or more may be none of them.
      sample = left.isEmpty ? Array(sample.prefix(limit)) : left
    }
    return sample
  }

  /// The points for 1, 2, 4, … and all strategies of a sample.
  ///
  /// - Parameter values: by strategy, then by resample.
  static func points(_ values: [Double], strategies: Int, resamples: Int) -> [Point] {
    // Of each resample the values descending, and all of them ascending with their places there.
    var placed: [(value: Double, place: Int)] = []
    placed.reserveCapacity(values.count)
    for resample in 0..<resamples {
      let descending = (0..<strategies).map { values[$0 * resamples + resample] }.sorted(by: >)
      for (place, value) in descending.enumerated() { placed.append((value, place)) }
    }
    placed.sort { $0.value < $1.value }
    var sizes = Array(sequence(first: 1) { 2 * $0 }.prefix { $0 < strategies })
    sizes.append(strategies)
    return sizes.map { size in
      let weights = weights(of: strategies, size: size)
      let total = Double(resamples)
      func quantile(_ level: Double) -> Double {
        var below = 0.0
        for (value, place) in placed {
          below += weights[place]
          // Against the rounding of many small weights.
          if below >= level * total * (1 - 1e-12) { return value }
        }
        return placed.last?.value ?? .nan
      }
      let mean = placed.reduce(0) { $0 + weights[$1.place] * $1.value } / total
      return Point(strategies: size, mean: mean, lower: quantile(0.05), upper: quantile(0.95))
    }
  }

  /// How often each place, from the best, is the best of `size` strategies of a sample.
  private static func weights(of strategies: Int, size: Int) -> [Double] {
    var weight = Double(size) / Double(strategies)
    return (0..<strategies).map { place in
      defer {
        let left = Double(strategies - 1 - place)
        weight *= left > 0 ? max(left + 1 - Double(size), 0) / left : 0
      }
      return weight
    }
  }
}

extension LuckCurve.Point {
  fileprivate init(strategies: Int, maxima: [Double]) {
    let luck = LuckOfTheBest(maxima: maxima)
    self.init(
      strategies: strategies, mean: luck.mean, lower: luck.quantile(0.05), upper: luck.quantile(0.95))
  }
}

extension DataSnooping {
  /// How the luck of the best grows with the number of strategies.
  public func luckCurve() -> LuckCurve {
    do {
      return try LuckCurve(
        [SnoopingPart(means: means, maxima: maxima)], of: resampled.returns,
        benchmark: resampled.benchmark.isEmpty ? nil : resampled.benchmark, drawn: resampled.drawn,
        threads: resampled.threads)
    } catch {
      preconditionFailure("one part was resampled in one way: \(error)")
    }
  }
}
