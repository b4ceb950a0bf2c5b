/// Columns that drift as running sums and compounded returns do, told by their shape and not by their size.
///
/// A column of 20 numbers and more is a level if its roughness (``ColumnShape/roughness``) is at most 0.3, and at most
/// 50 / n for n numbers. That is rare among returns, AR(1) with coefficient φ or overlapping by k bars, and usual among
/// sums of them (shares of simulated columns in percent; 0.0 is below 0.05):
///
/// | n | φ = 0.3 | φ = 0.5 | φ = 0.7 | k = 3 | k = 5 | sums |
/// |---|---|---|---|---|---|---|
/// | 24 | 0.0 | 0.0 | 1.7 | 0.7 | 12 | 47 |
/// | 60 | 0.0 | 0.0 | 0.4 | 0.0 | 10 | 86 |
/// | 120 | 0.0 | 0.0 | 0.1 | 0.0 | 6 | 99 |
/// | 250 | 0.0 | 0.0 | 0.0 | 0.0 | 0.0 | 99.8 |
/// | 1,000 | 0.0 | 0.0 | 0.0 | 0.0 | 0.0 | 99.8 |
///
/// - If more than half of the columns that vary are levels, or of 8 and more a quarter, these are sums; but rates, as
///   those of a money market, where all keep one sign, begin further than 4 steps (root mean square) from 0, which is
///   where sums begin, and stay below 0.1.
/// - Otherwise a level is a sum if it has 60 numbers and more, a roughness of at most 0.1, and reaches the median
///   deviation of the columns that are no levels: beside their returns a sum is large, and a rate small.
struct DriftFinding {
  /// Columns that are sums.
  let sums: [Int]
  /// Levels that are not: rates of a bar, or too few numbers to tell.
  let rates: [Int]
  /// Whether the file is one of sums, and not of returns beside which one stands.
  let isMost: Bool

  /// - Parameter varying: the columns of `shapes` that vary.
  init(_ shapes: [ColumnShape], _ varying: [Int]) {
    let levels = varying.filter { Self.isLevel(shapes[$0], roughness: 0.3) }
    isMost = levels.count * (varying.count < 8 ? 2 : 4) > varying.count
    if isMost {
      let areRates =
        levels.allSatisfy { shapes[$0].largest < 0.1 && abs(shapes[$0].first) > 4 * shapes[$0].step }
        && (levels.allSatisfy { shapes[$0].lowest >= 0 } || levels.allSatisfy { shapes[$0].highest <= 0 })
      sums = areRates ? [] : levels
      rates = areRates ? levels : []
    } else {
      let others = Set(varying).subtracting(levels).map { shapes[$0].deviation }.sorted()
      let usual = others.isEmpty ? .infinity : others[others.count / 2]
      func isSum(_ column: Int) -> Bool {
        shapes[column].count >= 60 && Self.isLevel(shapes[column], roughness: 0.1)
          && shapes[column].largest >= usual
      }
      sums = levels.filter(isSum)
      rates = levels.filter { !isSum($0) }
    }
  }

  private static func isLevel(_ shape: ColumnShape, roughness: Double) -> Bool {
    shape.count >= 20 && shape.roughness <= min(roughness, 50 / Double(shape.count))
  }
}
