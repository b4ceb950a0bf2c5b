/// The steps from each bar to the next, in microseconds.
struct BarSteps {
  /// The middle one, the lower of two.
  let median: Int64
  /// The most common one, to the second where steps are of a minute and more.
  let common: Int64
  /// The share of steps that are the most common one.
  let commonShare: Double
  /// Whether most steps are of one length, or several lengths of a grid's.
  let isRegular: Bool
  /// The step of the grid, or else the middle one.
  var spacing: Int64 { isRegular ? common : median }
  /// How many there are.
  var count: Int { sorted.count }
  /// All, from the shortest to the longest.
  private let sorted: [Int64]

  /// - Precondition: there are two times.
  init(_ timestamps: [Int64]) {
    precondition(timestamps.count > 1, "a step takes two bars")
    var steps: [Int64] = []
    steps.reserveCapacity(timestamps.count - 1)
    for bar in 1..<timestamps.count { steps.append(timestamps[bar] - timestamps[bar - 1]) }
    steps.sort()
    median = steps[(steps.count - 1) / 2]
    var best = (length: 0, step: steps[0])
    var start = 0
    for index in 1...steps.count
    where index == steps.count || Self.rounded(steps[index]) != Self.rounded(steps[start]) {
      if index - start > best.length { best = (index - start, steps[(start + index - 1) / 2]) }
      start = index
    }
    common = best.step
    isRegular = Self.areRegular(steps, common: best.step, commonCount: best.length)
    commonShare = Double(best.length) / Double(steps.count)
    sorted = steps
  }

  /// The share of steps within a range of days.
  func share(days: ClosedRange<Double>) -> Double {
    let day = Double(TradingCalendar.day)
    let count = sorted.count { days.contains(Double($0) / day) }
    return Double(count) / Double(sorted.count)
  }

  /// Whether steps of which `commonCount` are the most common one are regular.
  private static func areRegular(_ steps: [Int64], common: Int64, commonCount: Int) -> Bool {
    let commonShare = Double(commonCount) / Double(steps.count)
    if commonShare >= 0.25 { return commonCount > 1 || steps.count < 4 }
    // A grid on which most bars are left out: many steps are the shortest one, and all are multiples of it.
    guard commonShare >= 0.1, common > 0 else { return false }
    let onGrid = steps.count { step in
      let rest = TradingCalendar.modulo(step + common / 50, common)
      return rest <= common / 25
    }
    return Double(onGrid) >= 0.98 * Double(steps.count)
  }

  private static func rounded(_ step: Int64) -> Int64 {
    let second: Int64 = 1_000_000
    return step >= 60 * second ? (step + second / 2) / second * second : step
  }

  /// The bar at which the spacing changes for good, as where hours follow on days; `nil` if it does not.
  ///
  /// The beginning (or the end) of the file has no step as short as those of the rest, and within each part most
  /// steps are alike.
  static func change(_ timestamps: [Int64]) -> YearRule.SpacingChange? {
    let least = 10
    guard timestamps.count > 2 * least else { return nil }
    func step(_ bar: Int) -> Int64 { timestamps[bar] - timestamps[bar - 1] }
    let first = TradingCalendar.median((1...least).map(step))
    let last = TradingCalendar.median((timestamps.count - least..<timestamps.count).map(step))
    let shortest = (1..<timestamps.count).first { step($0) * 3 < first }.map { $0 - 1 }
    let latest = (1..<timestamps.count).last { step($0) * 3 < last }
    for bar in [shortest, latest].compactMap({ $0 }) {
      guard bar >= least, bar < timestamps.count - least else { continue }
      let before = BarSteps(Array(timestamps[...bar]))
      let after = BarSteps(Array(timestamps[bar...]))
      guard before.commonShare >= 0.5, after.commonShare >= 0.5,
        max(before.common, after.common) >= 4 * min(before.common, after.common)
      else { continue }
      return YearRule.SpacingChange(
        before: before.common, after: after.common, bar: bar, time: timestamps[bar])
    }
    return nil
  }
}
