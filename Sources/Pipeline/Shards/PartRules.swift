import Backtesting
import Kernels
import Statistics

/// What the sections of every part of a run have to be: a checksum says that they are those that somebody wrote, not that
/// a run did.
struct PartRules: Sendable {
  /// The bars of each segment.
  private let bars: [Int]
  /// Of all segments together.
  private let allBars: Int
  /// Of sums by block; `nil` where nothing is cross-validated.
  private let shape: BlockSumsShape?
  /// Splits by kind.
  private let splits: [PartKind: Int]
  private let resamples: Int
  /// Of all shards together.
  private let strategies: Int
  /// Of sums by block of permuted bars; `nil` where these are not cross-validated.
  let permutedShape: BlockSumsShape?

  init(_ experiment: Experiment) {
    bars = experiment.backtest.timeline.segments.map(\.bars.count)
    allBars = experiment.market.count
    shape = (try? CrossValidationPlan.make(experiment).get())?.shape(strategies: 2)
    func count(_ kind: FoldKind) -> Int { (try? FoldFinding.plan(kind, experiment).get())?.splits.count ?? 0 }
    splits = [.walkForward: count(.walkForward), .combinatorial: count(.combinatorial)]
    resamples = experiment.configuration.statistics.resamples
    strategies = experiment.strategies.count
    permutedShape = (try? PermutationFinding.plan(experiment).get())?.shape(strategies: 2)
  }

  /// - Throws: ``PartFile/Fault`` unless `sections` can be those of the part about `range`.
  func check(_ sections: [ArraySlice<UInt8>], of kind: PartKind, _ range: Range<Int>) throws(PartFile.Fault) {
    let sizes = sections.map(\.count)
    switch kind {
    case .tallies:
      try require(sizes == bars.flatMap { _ in Self.tallySizes(range.count) }, "sections", sizes)
      for (segment, bars) in bars.enumerated() { try checkCounts(sections[2 * segment], bars: bars) }
    case .blockSums:
      guard sizes.first == MemoryLayout<UInt32>.size, let shape else { throw fault("sections", sizes) }
      let ranked = PartContents.ranked(sections)
      try require(ranked <= range.count, "strategies ranked", [ranked])
      try require(sizes.dropFirst() == [8 * shape.values(strategies: ranked)], "sections", sizes)
    case .walkForward, .combinatorial:
      let splits = splits[kind] ?? 0
      try require(sizes == [4 * splits] + Self.tallySizes(splits), "sections", sizes)
      for number in LittleEndian.integers32(sections[0]) where number != PartContents.noWinner {
        try require(range.contains(Int(number)), "winner", [Int(number)])
      }
      try checkCounts(sections[1], bars: allBars)
    case .resamples:
      let maxima = [NullStatistic.allCases.count, SnoopingSubset.allCases.count].map { 8 * $0 * resamples }
      try require(sizes == [8 * range.count, 8 * range.count] + maxima, "sections", sizes)
      let means = zip(LittleEndian.doubles(sections[0]), LittleEndian.doubles(sections[1]))
      for (strategy, mean) in zip(range, means) {
        try require(Self.isPossible(sum: mean.0, deviation: mean.1), "mean of strategy", [strategy])
      }
    case .permutations:
      let counts = permutedShape == nil ? 0 : range.count
      try require(sizes.prefix(2) == [8 * range.count, 4 * counts] && sizes.count == 3, "sections", sizes)
      let ranked = LittleEndian.integers32(sections[1]).map { Int($0) }
      for count in ranked { try require(count <= strategies, "strategies ranked", [count]) }
      let values = permutedShape.map { shape in ranked.reduce(0) { $0 + shape.values(strategies: $1) } } ?? 0
      try require(sizes[2] == 8 * values, "sections", sizes)
    }
  }

  private static func tallySizes(_ count: Int) -> [Int] {
    [count * TallyColumns.countColumns * 4, count * TallyColumns.sumColumns * 8]
  }

  /// No strategy wins, or trades, more often than there are bars; winning bars may be one less than none.
  private func checkCounts(_ section: ArraySlice<UInt8>, bars: Int) throws(PartFile.Fault) {
    for word in LittleEndian.integers32(section) {
      let count = Int(Int32(bitPattern: word))
      try require((-1...bars + 1).contains(count), "count", [count])
    }
  }

  /// Whether returns can have this sum and long-run deviation: undefined, or of numbers whose squares are numbers.
  private static func isPossible(sum: Double, deviation: Double) -> Bool {
    (sum.isNaN || sum.magnitude <= 0x1p512)
      && (deviation.isNaN || deviation == 0 || (0x1p-540...0x1p512).contains(deviation))
  }

  private func require(_ holds: Bool, _ what: String, _ found: [Int]) throws(PartFile.Fault) {
    if !holds { throw fault(what, found) }
  }

  private func fault(_ what: String, _ found: [Int]) -> PartFile.Fault {
    let numbers = found.prefix(8).map { "\($0)" }.joined(separator: ", ")
    let words = numbers.isEmpty ? "none" : numbers
    return PartFile.Fault(reason: "has \(what) that its run cannot have (\(words))")
  }
}
