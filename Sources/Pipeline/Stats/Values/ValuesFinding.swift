import Statistics

/// What the numbers of a file are, by what they look like.
///
/// | found | bounds | then |
/// |---|---|---|
/// | sums of a column beside them | ``SumsBeside`` | refused |
/// | positions | all numbers of all columns that vary are -1, 0 or 1, over 20 bars or more | refused |
/// | gross returns | of the columns that count as prices most have a mean from 0.5 to 1.5 and a roughness above 1 | refused |
/// | prices, equity | any column that varies, never falls below 0, and lies above 0.5 on more than half of its bars, unless it stays below the usual deviation of the other columns, as rates in percent do | refused |
/// | sums, cumulative returns | columns that drift, by their shape (``DriftFinding``) | refused |
/// | rates | columns that drift and may be returns as well | told |
/// | money | most columns that vary: more than half of the numbers that are not 0 beyond ±50 | refused |
/// | sums that begin anew | ``RestartingSums`` | refused |
/// | weights, volatilities, probabilities | columns that are never below 0, on 30 bars and more above it, with a mean above the usual deviation of the other columns if there are any | refused |
/// | percent among fractions | no more than half of the columns that vary are percent as below, and vary more than 20 times as much as the others usually do | refused |
/// | percent | most columns that vary: 1 in 100 of their numbers, and two at least, beyond ±1; or, where the times tell a year, an annual deviation above 10 (1,000 %) | divided by 100, and told |
/// | perhaps percent | most columns that vary: an annual deviation above 1.5, which is 1.5 % a year in percent and 150 % in fractions, as the wildest coins have | told |
/// | returns | everything else; a number below -1 or above 10 is told | |
///
/// Losses beyond everything by leverage or by selling options come on less than 1 bar in 100. Logarithmic returns look
/// like simple ones, and logarithms of prices like prices: neither is recognised.
struct ValuesFinding {
  /// Why numbers count as percent, in words; `nil` if they are returns.
  let percent: String?
  /// That the numbers may be percent, in words.
  let spread: String?
  /// Columns that drift and may be sums, in words.
  let drift: String?
  /// The place of the first number below -1 or above 10, the strategy first, and how many there are.
  let extremes: (strategy: Int, bar: Int, value: Double, count: Int)?

  /// - Parameters:
  ///   - names: for messages.
  ///   - periodsPerYear: as the file's times tell, or NaN.
  ///   - assumedPeriods: what is taken for a year where nothing tells it; NaN to tell nothing by it.
  ///   - option: which says what the numbers are.
  /// - Throws: ``ReturnsFault/otherValues(found:remedy:)``.
  init(
    _ matrix: ReturnMatrix, names: [String], periodsPerYear: Double, assumedPeriods: Double = .nan,
    option: String = "values"
  ) throws(ReturnsFault) {
    let shapes = ColumnShape.all(matrix)
    let columns = Columns(shapes: shapes, names: names, pass: "pass --\(option)")
    try columns.checkPositions()
    try SumsBeside.check(matrix, names: names, pass: columns.pass)
    try columns.checkPrices()
    drift = try columns.checkDrift()
    try columns.checkGains()
    try columns.checkUnits()
    if columns.most({ $0.beyondFifty * 2 > $0.nonZero && $0.nonZero > 2 }) {
      throw .otherValues(
        found: "more than half of the numbers lie beyond ±50, as profits in money do",
        remedy: "\(columns.pass) money, perhaps with --capital, or else percent or returns")
    }
    let varying = columns.varying
    if columns.most(\.isPercent) {
      let (beyond, count) = varying.reduce((0, 0)) { ($0.0 + shapes[$1].beyondOne, $0.1 + shapes[$1].count) }
      percent = "\(Figures.decimals(100 * Double(beyond) / Double(count), 0)) % of them lie beyond ±1"
    } else if periodsPerYear.isFinite, columns.most({ $0.deviation * periodsPerYear.squareRoot() > 10 }) {
      percent = "as fractions they would vary by more than 1,000 % a year"
    } else {
      percent = nil
    }
    let periods = periodsPerYear.isFinite ? periodsPerYear : assumedPeriods
    if percent == nil, columns.most({ $0.deviation * periods.squareRoot() > 1.5 }) {
      let deviations = varying.map { shapes[$0].deviation * periods.squareRoot() }.sorted()
      spread =
        "they vary by \(Figures.percent(deviations[deviations.count / 2], 0)) a year, taken as fractions; "
        + "if they are percent, \(columns.pass) percent"
    } else {
      spread = nil
    }
    extremes = percent == nil ? Self.extremes(matrix, shapes) : nil
  }

  private static func extremes(
    _ matrix: ReturnMatrix, _ shapes: [ColumnShape]
  ) -> (strategy: Int, bar: Int, value: Double, count: Int)? {
    let columns = shapes.indices.filter { shapes[$0].lowest < -1 || shapes[$0].highest > 10 }
    var first: (strategy: Int, bar: Int, value: Double)?
    var count = 0
    for column in columns {
      for bar in 0..<matrix.bars {
        let value = matrix.values[bar * matrix.strategies + column]
        guard value < -1 || value > 10 else { continue }
        if first == nil { first = (column, bar, value) }
        count += 1
      }
    }
    return first.map { ($0.strategy, $0.bar, $0.value, count) }
  }
}

/// The columns of a file by their shapes, and how a message says what to do about them.
private struct Columns {
  let shapes: [ColumnShape]
  let names: [String]
  /// The beginning of a remedy: the option that says what the numbers are.
  let pass: String
  /// The columns of which something can be told.
  let varying: [Int]

  init(shapes: [ColumnShape], names: [String], pass: String) {
    self.shapes = shapes
    self.names = names
    self.pass = pass
    varying = shapes.indices.filter { shapes[$0].varies && shapes[$0].count > 1 }
  }

  func most(_ holds: (ColumnShape) -> Bool) -> Bool {
    !varying.isEmpty && varying.count { holds(shapes[$0]) } * 2 > varying.count
  }

  func checkPositions() throws(ReturnsFault) {
    guard !varying.isEmpty, varying.allSatisfy({ shapes[$0].isOfUnits && shapes[$0].count >= 20 }) else {
      return
    }
    throw .otherValues(
      found: "all numbers are -1, 0 or 1, as positions are",
      remedy: "give positions to fluke sweep as --signals, or \(pass) returns, percent or money")
  }

  func checkPrices() throws(ReturnsFault) {
    func isHigh(_ column: Int) -> Bool {
      shapes[column].negatives == 0 && shapes[column].aboveHalf * 2 > shapes[column].count
    }
    let high = varying.filter(isHigh)
    let usual = deviation(of: varying.filter { !isHigh($0) })
    let found = high.filter { !(shapes[$0].highest <= usual) }
    guard let lowest = found.map({ shapes[$0].lowest }).min() else { return }
    let isAll = shapes.indices.allSatisfy { shapes[$0].count == 0 || shapes[$0].lowest > 0 }
    let gross = found.filter { (0.5...1.5).contains(shapes[$0].mean) && shapes[$0].roughness > 1 }
    if gross.count * 2 > found.count, found.count == varying.count {
      throw .otherValues(
        found: "\(listed(found)) var\(found.count == 1 ? "ies" : "y") about 1, as 1 plus a return does",
        remedy: "\(pass) gross, or else what they are: prices, percent or returns")
    }
    throw .otherValues(
      found: "\(listed(found)) never \(found.count == 1 ? "falls" : "fall") below "
        + "\(Figures.decimals(lowest, 2)), as prices and equity do",
      remedy: isAll
        ? "\(pass) prices to take changes, or else what they are: log-prices, gross, cumulative, cumulative-percent, "
          + "summed, money, percent or returns"
        : "give the changes of these columns or remove them, or \(pass) percent or returns")
  }

  /// - Returns: of columns that may be sums and may be rates, what is to be told.
  func checkDrift() throws(ReturnsFault) -> String? {
    let drift = DriftFinding(shapes, varying)
    guard let first = drift.sums.first else { return drift.rates.isEmpty ? nil : words(drift) }
    let lowest = drift.sums.reduce(shapes[first].lowest) { min($0, shapes[$1].lowest) }
    let largest = drift.sums.reduce(0) { max($0, shapes[$1].largest) }
    // What a kind cannot have is no remedy.
    let percent = largest > 1 ? "cumulative-percent if they are compounded, in percent" : nil
    let fraction = lowest > -1 ? "cumulative if they are compounded" : nil
    let compounded = [fraction, lowest > -100 ? percent : nil].compactMap { $0 }.joined(separator: ", ")
    throw .otherValues(
      found: "\(listed(drift.sums)) drift\(drift.sums.count == 1 ? "s" : "") "
        + "instead of varying about a mean, as cumulative returns do",
      remedy: drift.isMost
        ? "\(pass) \(compounded)\(compounded.isEmpty ? "" : ", ")summed if they are added up, log-prices if they are "
          + "logarithms\(lowest > 0 ? ", prices for the value of an account" : ""), or returns"
        : "give the changes of these columns or remove them, or \(pass) returns")
  }

  /// What is told of columns that drift and count as returns.
  private func words(_ drift: DriftFinding) -> String {
    let names = listed(drift.rates)
    guard drift.rates.count == 1, !drift.isMost else {
      return "\(names) drift\(drift.rates.count == 1 ? "s" : "") slowly, taken as returns; if sums, "
        + (drift.isMost ? "\(pass) summed" : "give their changes")
    }
    return
      "\(names) drifts slowly, taken as returns; if a rate, pass --benchmark \(names); if a sum, give its changes"
  }

  /// Returns are now and then below 0: by the flip of a coin not once in 30 bars is as likely as one in a thousand million.
  /// What a money market pays is small beside strategies.
  func checkGains() throws(ReturnsFault) {
    let gaining = varying.filter { shapes[$0].negatives == 0 && shapes[$0].nonZero >= Self.fewestGains }
    let usual = deviation(of: varying.filter { !gaining.contains($0) })
    let found = gaining.filter { usual.isNaN ? !isRate(shapes[$0]) : shapes[$0].mean > usual }
    guard !found.isEmpty else { return }
    throw .otherValues(
      found:
        "\(listed(found)) \(found.count == 1 ? "is" : "are") never below 0, as weights, volatilities and "
        + "probabilities are",
      remedy: "remove \(found.count == 1 ? "it" : "them"), or \(pass) returns")
  }

  /// Whether a column may be what a money market pays: numbers above 0 that hardly vary beside their mean, below 0.1.
  private func isRate(_ shape: ColumnShape) -> Bool {
    shape.lowest > 0 && shape.highest < 0.1 && shape.roughness < 1
  }

  private static let fewestGains = 30

  /// Columns in percent beside columns of fractions win or lose by their unit alone.
  func checkUnits() throws(ReturnsFault) {
    let usual = deviation(of: varying.filter { !shapes[$0].isPercent })
    let found = varying.filter { shapes[$0].isPercent && shapes[$0].deviation > 20 * usual }
    guard !found.isEmpty, !most(\.isPercent) else { return }
    throw .otherValues(
      found:
        "\(listed(found)) var\(found.count == 1 ? "ies" : "y") more than 20 times as much as the other columns, as "
        + "percent beside fractions",
      remedy: "write all columns in one unit, or \(pass) returns")
  }

  /// The median deviation of columns; NaN of none.
  private func deviation(of columns: [Int]) -> Double {
    let deviations = columns.map { shapes[$0].deviation }.sorted()
    return deviations.isEmpty ? .nan : deviations[deviations.count / 2]
  }

  /// The names of columns, in so far as a message can hold them.
  private func listed(_ found: [Int]) -> String {
    if found.count == varying.count, found.count > 3 { return "the columns" }
    let some = found.prefix(3).map { ImportText.brief(names[$0], limit: 20) }.joined(separator: ", ")
    return found.count > 3 ? "\(some) and \(Figures.count(found.count - 3)) more columns" : some
  }
}
