/// Combinatorial purged cross-validation: every choice of some groups of bars as the test, and the whole
/// paths these make.
///
/// Formula: with n groups of which k are tested at once there are C(n, k) splits, and each group is tested in
/// C(n-1, k-1) = k/n·C(n, k) of them, which is the number of paths.
///
/// Shapes and units: in bars; purge and embargo as in ``PurgedKFold``. A path covers all bars once, each
/// group by the strategy that was chosen without it.
///
/// Null hypothesis: none; a path is one history of out-of-sample performance, and their spread says what one
/// walk-forward path cannot.
///
/// Edge cases: a split may be left without training bars, where the purge takes them all.
///
/// Errors: ``StatisticsError/split(_:found:needed:)``.
///
/// Reference: López de Prado 2018, "Advances in financial machine learning", section 12.4. There n is N and
/// the number of paths φ[N, k].
public struct CombinatorialPurged: Equatable, Sendable {
  /// More splits than this are not affordable, as each is a sweep of its own.
  public static let maximumSplits = 100_000

  /// The bars of each group.
  public let groups: [Range<Int>]
  /// The groups that each split tests, ascending; splits in lexicographic order.
  public let testGroups: [[Int]]
  /// One for each member of ``testGroups``.
  public let splits: [BarSplit]
  /// For each path the split that tests each group: `paths[path][group]` is an index into ``splits``.
  public let paths: [[Int]]

  public init(
    bars: Int, groups count: Int, testGroups tested: Int, horizon: Int = 0, embargo: Int = 0
  ) throws(StatisticsError) {
    try BarSplit.check("number of groups", count, in: 2...max(bars, 2))
    try BarSplit.check("number of bars", bars, in: count...Int.max)
    try BarSplit.check("number of test groups", tested, in: 1...count - 1)
    try BarSplit.check("label horizon", horizon, in: 0...bars)
    try BarSplit.check("embargo", embargo, in: 0...bars)
    try BarSplit.check("number of splits", Self.binomial(count, tested), in: 1...Self.maximumSplits)
    let groups = BarSplit.groups(bars: bars, count: count)
    let combinations = Self.combinations(of: count, taken: tested)
    self.groups = groups
    testGroups = combinations
    splits = combinations.map { combination in
      BarSplit(bars: bars, test: combination.map { groups[$0] }, horizon: horizon, embargo: embargo)
    }
    let splitsOfGroup = (0..<count).map { group in
      combinations.indices.filter { combinations[$0].contains(group) }
    }
    paths = splitsOfGroup[0].indices.map { path in splitsOfGroup.map { $0[path] } }
  }

  /// n over k, or the largest integer where it is more.
  static func binomial(_ n: Int, _ k: Int) -> Int {
    var value = 1
    for factor in 0..<min(k, n - k) {
      let (product, isTooLarge) = value.multipliedReportingOverflow(by: n - factor)
      if isTooLarge { return .max }
      value = product / (factor + 1)
    }
    return value
  }

  /// All ascending choices of `taken` of the numbers 0 ..< `count`, in lexicographic order.
  private static func combinations(of count: Int, taken: Int) -> [[Int]] {
    var all: [[Int]] = []
    var current = Array(0..<taken)
    while true {
      all.append(current)
      guard let place = current.indices.last(where: { current[$0] < count - taken + $0 }) else { return all }
      let first = current[place] + 1
      for index in place..<taken { current[index] = first + index - place }
    }
  }
}
