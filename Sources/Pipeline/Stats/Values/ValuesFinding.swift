import Statistics

/// What the numbers of a file are, by what they look like.
///
/// | found | bounds | then |
/// |---|---|---|
/// | prices, equity | any column that varies, never falls below 0, and lies above 0.5 on more than half of its bars | refused |
/// | cumulative returns | most columns that vary, or any of 60 bars and more: 20 bars or more, roughness at most 0.3 (any: 0.1), and a largest size of 0.1, or of 0.02 in a column that begins within its largest step of 0 | refused |
/// | money | most columns that vary: more than half of the numbers that are not 0 beyond ±50 | refused |
/// | percent | most columns that vary: 1 in 100 of their numbers, and two at least, beyond ±1; or, where the times tell a year, an annual deviation above 10 (1,000 %) | divided by 100, and told |
/// | returns | everything else; a number below -1 or above 10 is told | |
///
/// Roughness is ``ColumnShape/roughness``: 2 for returns that have nothing to do with one another. Money markets and
/// other smooth small returns stay below the sizes, strategies that hardly trade have a roughness near 2, and losses
/// beyond everything by leverage or by selling options come on less than 1 bar in 100. Logarithmic returns look like
/// simple ones, and are not recognised.
struct ValuesFinding {
  /// Why numbers count as percent, in words; `nil` if they are returns.
  let percent: String?
  /// The place of the first number below -1 or above 10, the strategy first, and how many there are.
  let extremes: (strategy: Int, bar: Int, value: Double, count: Int)?

  /// - Parameters:
  ///   - names: for messages.
  ///   - periodsPerYear: as the file's times tell, or NaN.
  /// - Throws: ``ReturnsFault/otherValues(found:remedy:)``.
  init(_ matrix: ReturnMatrix, names: [String], periodsPerYear: Double) throws(ReturnsFault) {
    let shapes = ColumnShape.all(matrix)
    let varying = shapes.indices.filter { shapes[$0].varies && shapes[$0].count > 1 }
    func most(_ holds: (ColumnShape) -> Bool) -> Bool {
      !varying.isEmpty && varying.count { holds(shapes[$0]) } * 2 > varying.count
    }
    try Self.checkPrices(shapes, varying, names)
    try Self.checkDrift(shapes, varying, names)
    if most({ $0.beyondFifty * 2 > $0.nonZero && $0.nonZero > 2 }) {
      throw .otherValues(
        found: "more than half of the numbers lie beyond ±50, as profits in money do",
        remedy: "pass --values money, perhaps with --capital, or else percent or returns")
    }
    if most({ $0.beyondOne >= 2 && $0.beyondOne * 100 >= $0.count }) {
      let (beyond, count) = varying.reduce((0, 0)) { ($0.0 + shapes[$1].beyondOne, $0.1 + shapes[$1].count) }
      percent = "\(Figures.decimals(100 * Double(beyond) / Double(count), 0)) % of them lie beyond ±1"
    } else if periodsPerYear.isFinite, most({ $0.deviation * periodsPerYear.squareRoot() > 10 }) {
      percent = "as fractions they would vary by more than 1,000 % a year"
    } else {
      percent = nil
    }
    extremes = percent == nil ? Self.extremes(matrix, shapes) : nil
  }

  private static func checkPrices(
    _ shapes: [ColumnShape], _ varying: [Int], _ names: [String]
  ) throws(ReturnsFault) {
    let found = varying.filter { shapes[$0].negatives == 0 && shapes[$0].aboveHalf * 2 > shapes[$0].count }
    guard let lowest = found.map({ shapes[$0].lowest }).min() else { return }
    let isAll = shapes.indices.allSatisfy { shapes[$0].count == 0 || shapes[$0].lowest > 0 }
    throw .otherValues(
      found: "\(listed(found, of: varying, names)) never \(found.count == 1 ? "falls" : "fall") below "
        + "\(Figures.decimals(lowest, 2)), as prices and equity do",
      remedy: isAll
        ? "pass --values prices to take changes, or else what they are: cumulative, summed, money, percent or returns"
        : "give the changes of these columns or remove them, or pass --values percent or returns")
  }

  private static func checkDrift(
    _ shapes: [ColumnShape], _ varying: [Int], _ names: [String]
  ) throws(ReturnsFault) {
    func drifts(_ column: Int, _ roughness: Double) -> Bool {
      let shape = shapes[column]
      return shape.count >= 20 && shape.roughness <= roughness
        && (shape.largest >= 0.1 || shape.largest >= 0.02 && abs(shape.first) <= shape.largestStep)
    }
    let most = varying.filter { drifts($0, 0.3) }
    let any = varying.filter { shapes[$0].count >= 60 && drifts($0, 0.1) }
    let found = most.count * 2 > varying.count ? most : any
    guard !found.isEmpty else { return }
    throw .otherValues(
      found: "\(listed(found, of: varying, names)) drift\(found.count == 1 ? "s" : "") "
        + "instead of varying about a mean, as cumulative returns do",
      remedy: most.count * 2 > varying.count
        ? "pass --values cumulative if they are compounded, summed if they are added up, "
          + "prices for the value of an account, or returns"
        : "give the changes of these columns or remove them, or pass --values returns")
  }

  /// The names of columns, in so far as a message can hold them.
  private static func listed(_ found: [Int], of varying: [Int], _ names: [String]) -> String {
    if found.count == varying.count, found.count > 3 { return "the columns" }
    let some = found.prefix(3).map { ImportText.brief(names[$0], limit: 20) }.joined(separator: ", ")
    return found.count > 3 ? "\(some) and \(Figures.count(found.count - 3)) more columns" : some
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
