/// A row that sums up the rows above it, and is no bar.
///
/// Each of the last four rows is held against each ``Kind`` of figure of what is above it, for a year by several numbers of
/// bars. It is one of these if it is so in all of the first 64 columns, or in 20 for each in which it is not, and if chance
/// makes it so in at most 1 of 100,000 files. So are rows behind every twelve others, and the like, held against the sums and
/// means of what is between them.
///
/// - A figure of the numbers as they are written is right within half of u, the unit of their last decimal. Made before they
///   were rounded, a sum of n of them is right within u (½ + 1.2 √n), which is four standard deviations of what the
///   rounding of n numbers does, and their mean and standard deviations within u (½ + 1.2 / √n). Either is tried, the same in
///   all columns.
/// - A return that has nothing to do with those above, whose standard deviation is s, lies within t of a figure T with a
///   probability of at most 2t/s · min(1, (s/|T|)³), even where tails are those of Student's t of two degrees.
/// - The lowest and the highest number of those above come again as often as they are there, since stops and targets make
///   the same return many times.
/// - Figures of a year and Sharpe ratios are written with decimals of their own, by which they are as far off.
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
    case lowest = "lowest number"
    case highest = "highest number"
    case count = "number of rows"
    case annualMean = "mean of a year"
    case annualDeviation = "standard deviation of a year"
    case sharpe = "Sharpe ratio"

    /// Bars a year for which it is made; 1 for those that have nothing to do with a year.
    fileprivate var barsPerYear: [Double] {
      switch self {
      case .annualMean, .annualDeviation: [12, 52, 252, 260, 365]
      case .sharpe: [1, 12, 52, 252, 260, 365]
      default: [1]
      }
    }

    /// Whether rows between others hold such figures.
    fileprivate var isOfParts: Bool { [.sum, .compounded, .compoundedPercent, .mean].contains(self) }
  }

  /// A figure that a row may hold.
  fileprivate struct Candidate {
    let kind: Kind
    let barsPerYear: Double
    /// Made of the numbers as they are written, or of what they were before.
    let isOfWritten: Bool

    static let all = Kind.allCases.flatMap { kind in
      kind.barsPerYear.flatMap { bars in
        [true, false].map { Candidate(kind: kind, barsPerYear: bars, isOfWritten: $0) }
      }
    }
  }

  /// Counted from 0.
  let row: Int
  let kind: Kind
  /// The rows below it.
  let rowsBelow: Int
  /// The line of it, where it is a row of the file.
  var line: Int?
  /// The rows between such rows, where there are several; 0 for one that sums up all above it.
  var period = 0

  private static let mostRows = 4
  private static let mostColumns = 64
  /// Fewer rows do not show how far returns spread.
  private static let leastAbove = 8
  private static let mostChance = 1e-5
  /// For each of many periods.
  private static let mostChanceBetween = 1e-8
  private static let mostRowsBetween = 600

  /// The first such row; `nil` if there is none. Most tables are done with after a column or four.
  static func find(in table: KeptColumns) -> TotalRow? { atTheEnd(of: table) ?? between(table) }

  private static func atTheEnd(of table: KeptColumns) -> TotalRow? {
    let first = max(leastAbove, table.rows - mostRows)
    guard first < table.rows else { return nil }
    let columns = min(table.names.count, mostColumns)
    let kinds = Candidate.all
    var tallies = Array(repeating: Tally(), count: (table.rows - first) * kinds.count)
    for index in 0..<columns {
      let column = table.column(index)
      var above = RowsAbove(unit: unit(of: column))
      for (row, value) in column.enumerated() where !value.isNaN {
        if row >= first, above.count >= leastAbove, above.deviation > 0 {
          for (place, kind) in kinds.enumerated() {
            tallies[(row - first) * kinds.count + place].add(
              value, above.figure(kind, unit: unit(of: [value])), of: above)
          }
        }
        above.append(value)
      }
      if tallies.allSatisfy({ 21 * $0.misses > columns }) { return nil }
    }
    return tallies.firstIndex(where: \.tells).map { place in
      let row = first + place / kinds.count
      return TotalRow(row: row, kind: kinds[place % kinds.count].kind, rowsBelow: table.rows - 1 - row)
    }
  }

  /// The periods after which rows may be looked for between others: quarters, months of a year and days of weeks or months.
  private static let periods = Array(3...31) + [52, 53]

  /// The first of rows at equal distances, each of which sums up those since the one before it.
  private static func between(_ table: KeptColumns) -> TotalRow? {
    let columns = min(table.names.count, mostColumns)
    for period in periods where table.rows >= 2 * (period + 1) {
      let ends = stride(from: period, to: min(table.rows, mostRowsBetween), by: period + 1)
      if let kind = kind(of: table, period: period, ends: Array(ends), columns: columns) {
        return TotalRow(row: period, kind: kind, rowsBelow: table.rows - 1 - period, period: period)
      }
    }
    return nil
  }

  private static func kind(of table: KeptColumns, period: Int, ends: [Int], columns: Int) -> Kind? {
    let kinds = Candidate.all.filter(\.kind.isOfParts)
    var tallies = Array(repeating: Tally(), count: kinds.count)
    for end in ends {
      for column in 0..<columns {
        func number(_ row: Int) -> Double { table.numbers[row * table.names.count + column] }
        var above = RowsAbove(unit: unit(of: (0...end).map(number)))
        for row in end - period..<end where !number(row).isNaN { above.append(number(row)) }
        guard !number(end).isNaN, above.count > 1, above.deviation > 0 else { continue }
        for (place, kind) in kinds.enumerated() {
          tallies[place].add(number(end), above.figure(kind, unit: 0), of: above)
        }
        // Of most tables the first number is none.
        guard tallies.contains(where: \.mayTell) else { return nil }
      }
    }
    return tallies.firstIndex { $0.tells && $0.chance <= mostChanceBetween }.map { kinds[$0].kind }
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
    /// Whether it is one in so many columns, by more than chance.
    var tells: Bool { hits > 0 && mayTell && chance <= mostChance }
    var mayTell: Bool { 20 * misses <= hits }

    /// The means of the columns that count, in standard deviations.
    private var seen: [(place: Double, slack: Double)] = []

    mutating func add(_ value: Double, _ figure: RowsAbove.Figure, of above: RowsAbove) {
      guard abs(value - figure.value) <= figure.slack else {
        misses += 1
        return
      }
      hits += 1
      let mean = above.figure(Candidate(kind: .mean, barsPerYear: 1, isOfWritten: false), unit: 0)
      let mark = (place: abs(mean.value) / above.deviation, slack: mean.slack / above.deviation)
      let (place, slack) = (abs(figure.value) / above.deviation, figure.slack / above.deviation)
      guard slack < 1, abs(value) > figure.slack,
        !seen.contains(where: { abs($0.place - mark.place) <= 2 * ($0.slack + mark.slack) })
      else { return }
      seen.append(mark)
      chance *= max(figure.leastChance, min(1, 2 * slack * min(1, 1 / (place * place * place))))
    }
  }
}

extension TotalRow {
  /// What is told where somebody says what the numbers are.
  var words: String {
    "row \(Figures.count(row + 1))\(line.map { ", line \($0)," } ?? "") holds the \(kind.rawValue) of each column above "
      + (period > 0
        ? "it, as does each row after \(period) others; remove them if they are" : "it; remove it if it is")
      + " no bar\(period > 0 ? "s" : "")"
  }
}

extension ReturnsFault {
  /// - Parameter option: which says what the numbers are.
  init(_ total: TotalRow, option: String) {
    self = .totalRow(
      line: total.line, row: total.row + 1, holds: total.kind.rawValue, below: total.rowsBelow,
      period: total.period,
      option: option)
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
  private var lowest = (value: Double.infinity, times: 0)
  private var highest = (value: -Double.infinity, times: 0)
  private var mean = 0.0
  private var squares = 0.0

  init(unit: Double) { self.unit = unit }

  mutating func append(_ value: Double) {
    count += 1
    sum += value
    sizes += abs(value)
    if value < lowest.value { lowest = (value, 0) }
    if value > highest.value { highest = (value, 0) }
    if value == lowest.value { lowest.times += 1 }
    if value == highest.value { highest.times += 1 }
    growth *= 1 + value
    growthOfPercent *= 1 + value / 100
    let change = value - mean
    mean += change / Double(count)
    squares += change * (value - mean)
  }

  var deviation: Double { (squares / Double(count)).squareRoot() }

  /// A figure, and how far from it rounding may leave what was written for it.
  struct Figure {
    let value: Double
    let slack: Double
    /// The probability that a return is the figure, if it is known to be at least so large.
    var leastChance = 0.0
  }

  /// - Parameter own: the unit of the last decimal of what was written.
  func figure(_ candidate: TotalRow.Candidate, unit own: Double) -> Figure {
    let root = Double(count).squareRoot()
    // What additions round comes on top of what was rounded before.
    let rest = 1e-15 * root * sizes
    let before = candidate.isOfWritten ? 0 : 1.2 * unit
    func slack(_ roundings: Double) -> Double { 0.5 * unit + before * roundings + rest }
    let ofMean = before / root + rest
    let sample = (squares / Double(count - 1)).squareRoot()
    let (year, rootOfYear) = (candidate.barsPerYear, candidate.barsPerYear.squareRoot())
    return switch candidate.kind {
    case .sum: Figure(value: sum, slack: slack(root))
    case .compounded: Figure(value: growth - 1, slack: slack(root * max(1, abs(growth))))
    case .compoundedPercent:
      Figure(value: 100 * (growthOfPercent - 1), slack: slack(root * max(1, abs(growthOfPercent))))
    case .mean: Figure(value: mean, slack: slack(1 / root))
    case .deviation: Figure(value: sample, slack: slack(1 / root))
    case .populationDeviation: Figure(value: deviation, slack: slack(1 / root))
    case .lowest: extreme(lowest)
    case .highest: extreme(highest)
    case .count: Figure(value: Double(count), slack: 0.5 * unit)
    case .annualMean: Figure(value: mean * year, slack: 0.5 * max(unit, own) + ofMean * year)
    case .annualDeviation:
      Figure(value: sample * rootOfYear, slack: 0.5 * max(unit, own) + ofMean * rootOfYear)
    case .sharpe:
      Figure(
        value: mean / sample * rootOfYear,
        slack: 0.5 * max(unit, own) + ofMean * (1 + abs(mean) / sample) / sample * rootOfYear)
    }
  }

  private func extreme(_ found: (value: Double, times: Int)) -> Figure {
    Figure(value: found.value, slack: 0.5 * unit, leastChance: Double(found.times) / Double(count))
  }
}
