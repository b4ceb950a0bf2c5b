import Glibc
import Kernels
import Statistics

/// Numbers of another kind as returns.
struct ReturnsConversion {
  let values: ReturnsValues
  /// What profits in money are divided by; `nil` to leave them as they are.
  var capital: Double?

  /// The returns of `matrix`, whose numbers are of this kind; NaN on the first bar of a column of levels.
  ///
  /// - Throws: ``ReturnsFault/notPositive(column:bar:found:kind:)``.
  func returns(_ matrix: ReturnMatrix, names: [String]) throws -> ReturnMatrix {
    if values == .returns || values == .money && capital == nil { return matrix }
    try check(matrix, names: names)
    var numbers = matrix.values
    let width = matrix.strategies
    let unit = capital ?? 1
    // From the last bar to the first, so that the number before is still there.
    for bar in (0..<matrix.bars).reversed() {
      for column in 0..<width {
        let index = bar * width + column
        let value = numbers[index]
        let before = bar > 0 ? numbers[index - width] : .nan
        switch values {
        case .percent: numbers[index] = value / 100
        case .log: numbers[index] = expm1(value)
        case .gross: numbers[index] = value - 1
        case .prices, .equity:
          numbers[index] = value / before - 1
        case .logPrices: numbers[index] = expm1(Self.difference(value, before))
        case .cumulative:
          numbers[index] = (1 + value) / (1 + before) - 1
        case .cumulativePercent:
          numbers[index] = (100 + value) / (100 + before) - 1
        case .summed: numbers[index] = Self.difference(value, before) / unit
        case .money: numbers[index] = value / unit
        case .returns: break
        }
        if numbers[index].isInfinite { throw notPositive(names[column], bar, value) }
      }
    }
    return try ReturnMatrix(bars: matrix.bars, strategies: width, values: numbers)
  }

  /// Finds the first number that no price, or no compounded return, can be.
  private func check(_ matrix: ReturnMatrix, names: [String]) throws(ReturnsFault) {
    guard let bound = values.bound,
      let index = matrix.values.firstIndex(where: { $0 < bound || $0 == bound && values != .gross })
    else { return }
    throw notPositive(
      names[index % matrix.strategies], index / matrix.strategies, matrix.values[index])
  }

  /// A change between sums, 0 where it is what rounding leaves of equal ones.
  private static func difference(_ value: Double, _ before: Double) -> Double {
    let change = value - before
    return abs(change) <= SpreadRounding.ofQuotient * max(abs(value), abs(before)) ? 0 : change
  }

  private func notPositive(_ name: String, _ bar: Int, _ value: Double) -> ReturnsFault {
    .notOfKind(column: ImportText.brief(name), bar: bar + 1, found: value, kind: values)
  }
}
