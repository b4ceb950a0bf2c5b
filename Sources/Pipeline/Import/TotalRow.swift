/// A row at the end of a table that sums up the rows above it, and is no bar.
///
/// Each of the last four rows is held against the sum, the compounded sum (of fractions and of percent), the mean and
/// the standard deviations of what is above it. It is one of these if it is so in all of the first 64 columns, or in 20
/// for each in which it is not, and if chance makes it so in at most 1 of 100,000 files.
///
/// - A figure of the numbers as they are written is right within half of u, the unit of their last decimal. Made before they
///   were rounded, a sum of n of them is right within u (½ + 1.2 √n), which is four standard deviations of what the
///   rounding of n numbers does, and their mean and standard deviations within u (½ + 1.2 / √n). Either is tried, the same in
///   all columns.
/// - A return that has nothing to do with those above, whose standard deviation is s, lies within t of a figure T with a
///   probability of at most 2t/s · min(1, (s/|T|)³), even where tails are those of Student's t of two degrees.
/// - Probabilities of columns are multiplied; copies and multiples of a column, which have one mean / s, count once. Where t
///   is not below s, or the figure and the return are 0 but for rounding, nothing is told.
struct TotalRow: Equatable, Sendable {
  /// What such a row holds.
  enum Kind: String, CaseIterable, Sendable {
    case sum
    case compounded = "compounded sum"
    case compoundedPercent = "compounded sum in percent"
    case mean
    /// Divided by n - 1, and by n.
    case deviation = "standard deviation"
    case populationDeviation = "standard deviation of the population"
  }

  /// Counted from 0.
  let row: Int
  let kind: Kind
  /// The rows below it.
  let rowsBelow: Int
  /// The line of it, where it is a row of the file.
  var line: Int?

  private static let mostRows = 4
  private static let mostColumns = 64
  /// Fewer rows do not show how far returns spread.
  private static let leastAbove = 8
  private static let mostChance = 1e-5

  /// The first such row; `nil` if there is none. Most tables are done with after a column or four.
  static func find(in table: KeptColumns) -> TotalRow? {
    let first = max(leastAbove, table.rows - mostRows)
    guard first < table.rows else { return nil }
    let columns = min(table.names.count, mostColumns)
    let kinds = Kind.allCases.flatMap { kind in [true, false].map { (kind: kind, isOfWritten: $0) } }
    var tallies = Array(repeating: Tally(), count: (table.rows - first) * kinds.count)
    for index in 0..<columns {
      let column = table.column(index)
      var above = RowsAbove(unit: unit(of: column))
      for (row, value) in column.enumerated() where !value.isNaN {
        if row >= first, above.count >= leastAbove, above.deviation > 0 {
          for (place, kind) in kinds.enumerated() {
            tallies[(row - first) * kinds.count + place].add(
              value, above.figure(kind.kind, isOfWritten: kind.isOfWritten), of: above)
          }
        }
        above.append(value)
      }
      if tallies.allSatisfy({ 21 * $0.misses > columns }) { return nil }
    }
    let found = tallies.firstIndex {
      $0.hits > 0 && 20 * $0.misses <= $0.hits && $0.chance <= mostChance
    }
    return found.map { place in
      let row = first + place / kinds.count
      return TotalRow(row: row, kind: kinds[place % kinds.count].kind, rowsBelow: table.rows - 1 - row)
    }
  }

  /// The unit of the last decimal of numbers; 0 beyond twelve decimals, as numbers have that are not rounded.
  private static func unit(of numbers: [Double]) -> Double {
    var power = 1.0
    for number in numbers where !number.isNaN {
      while abs(number * power - (number * power).rounded()) > 1e-9 * max(1, abs(number * power)) {
        if power >= 1e12 { return 0 }
        power *= 10
      }
    }
    return 1 / power
  }

  /// In how many columns a row is a figure of those above it.
  private struct Tally {
    var hits = 0
    var misses = 0
    /// The probability that it is so by chance.
    var chance = 1.0
    /// The means of the columns that count, in standard deviations.
    private var seen: [(place: Double, slack: Double)] = []

    mutating func add(_ value: Double, _ figure: (value: Double, slack: Double), of above: RowsAbove) {
      guard abs(value - figure.value) <= figure.slack else {
        misses += 1
        return
      }
      hits += 1
      let mean = above.figure(.mean, isOfWritten: false)
      let mark = (place: abs(mean.value) / above.deviation, slack: mean.slack / above.deviation)
      let (place, slack) = (abs(figure.value) / above.deviation, figure.slack / above.deviation)
      guard slack < 1, abs(value) > figure.slack,
        !seen.contains(where: { abs($0.place - mark.place) <= 2 * ($0.slack + mark.slack) })
      else { return }
      seen.append(mark)
      chance *= min(1, 2 * slack * min(1, 1 / (place * place * place)))
    }
  }
}

extension TotalRow {
  /// What is told where somebody says what the numbers are.
  var words: String {
    "row \(Figures.count(row + 1))\(line.map { ", line \($0)," } ?? "") holds the \(kind.rawValue) of each column above "
      + "it; remove it if it is no bar"
  }
}

extension ReturnsFault {
  /// - Parameter option: which says what the numbers are.
  init(_ total: TotalRow, option: String) {
    self = .totalRow(
      line: total.line, row: total.row + 1, holds: total.kind.rawValue, below: total.rowsBelow, option: option
    )
  }
}

/// The numbers of a column so far, and what sums them up.
private struct RowsAbove {
  /// That of the last decimal.
  let unit: Double
  private(set) var count = 0
  private var sum = 0.0
  private var sizes = 0.0
  private var growth = 1.0
  private var growthOfPercent = 1.0
  private var mean = 0.0
  private var squares = 0.0

  init(unit: Double) { self.unit = unit }

  mutating func append(_ value: Double) {
    count += 1
    sum += value
    sizes += abs(value)
    growth *= 1 + value
    growthOfPercent *= 1 + value / 100
    let change = value - mean
    mean += change / Double(count)
    squares += change * (value - mean)
  }

  var deviation: Double { (squares / Double(count)).squareRoot() }

  /// A figure, and how far from it rounding may leave what was written for it: made of the numbers as they are written, or
  /// of what they were before.
  func figure(_ kind: TotalRow.Kind, isOfWritten: Bool) -> (value: Double, slack: Double) {
    let root = Double(count).squareRoot()
    // What additions round comes on top of what was rounded before.
    let rest = 1e-15 * root * sizes
    let before = isOfWritten ? 0 : 1.2 * unit
    func slack(_ roundings: Double) -> Double { 0.5 * unit + before * roundings + rest }
    return switch kind {
    case .sum: (sum, slack(root))
    case .compounded: (growth - 1, slack(root * max(1, abs(growth))))
    case .compoundedPercent: (100 * (growthOfPercent - 1), slack(root * max(1, abs(growthOfPercent))))
    case .mean: (mean, slack(1 / root))
    case .deviation: ((squares / Double(count - 1)).squareRoot(), slack(1 / root))
    case .populationDeviation: (deviation, slack(1 / root))
    }
  }
}
