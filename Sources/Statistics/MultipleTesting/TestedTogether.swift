import Glibc

/// The p-values of tests that were made together, in the order of their size, so that several adjustments look for it
/// once.
public struct TestedTogether: Sendable {
  /// NaN for a test without one.
  public let pValues: [Double]
  /// M, the tests that were made, those without a p-value at hand included.
  public let tests: Int
  /// The tests with a p-value, the smallest first.
  private let ascending: [Int]

  /// - Parameter tests: where more were made than there are p-values.
  /// - Throws: ``StatisticsError/notAProbability(index:value:)`` and
  ///   ``StatisticsError/fewerTestsThanPValues(tests:pValues:)``.
  public init(_ pValues: [Double], tests: Int? = nil) throws(StatisticsError) {
    let tests = tests ?? pValues.count
    guard tests >= pValues.count else { throw .fewerTestsThanPValues(tests: tests, pValues: pValues.count) }
    for (index, value) in pValues.enumerated() where value < 0 || value > 1 {
      throw .notAProbability(index: index, value: value)
    }
    self.pValues = pValues
    self.tests = tests
    ascending = pValues.indices.filter { !pValues[$0].isNaN }.sorted { pValues[$0] < pValues[$1] }
  }

  /// The adjusted p-values, in the order of the tests: see ``PValueAdjustment/adjust(_:tests:)``.
  public func adjusted(by adjustment: PValueAdjustment) -> [Double] {
    let count = Double(tests)
    var adjusted = pValues
    switch adjustment {
    case .bonferroni:
      return pValues.map { $0.isNaN ? .nan : min(1, count * $0) }
    case .sidak:
      return pValues.map { -expm1(count * log1p(-$0)) }
    case .holm:
      var highest = 0.0
      for (position, index) in ascending.enumerated() {
        highest = max(highest, Self.holm(pValues[index], position: position, tests: count))
        adjusted[index] = highest
      }
    case .benjaminiHochberg:
      stepUp(&adjusted) { count / $0 * $1 }
    case .benjaminiYekutieli:
      let harmonic = PValueAdjustment.harmonicNumber(tests)
      stepUp(&adjusted) { count * harmonic / $0 * $1 }
    case .harveyLiu:
      let harmonic = PValueAdjustment.harmonicNumber(tests)
      stepUp(&adjusted) { $0 == count ? $1 : count * harmonic / $0 * $1 }
    }
    return adjusted
  }

  /// One p-value adjusted among others by ``PValueAdjustment/holm``: the same bits without all of them in order.
  ///
  /// Of what is above it nothing counts; nor does what is so far below that its own term, for however few tests, is larger
  /// than theirs for all. Of p-values that are equal the first has the largest term.
  ///
  /// - Precondition: all of them are probabilities.
  static func holm(_ pValue: Double, among others: [Double]) -> Double {
    let count = Double(others.count + 1)
    let below = others.count { $0 < pValue }
    let least = pValue * (count - Double(below)) / count * (1 - 0x1p-40)
    let near = others.filter { $0 >= least && $0 < pValue }.sorted()
    var highest = holm(pValue, position: below, tests: count)
    for (place, other) in near.enumerated() {
      highest = max(highest, holm(other, position: below - near.count + place, tests: count))
    }
    return highest
  }

  /// The term of Holm's adjustment for the p-value that has so many below it.
  private static func holm(_ pValue: Double, position: Int, tests: Double) -> Double {
    min(1, (tests - Double(position)) * pValue)
  }

  /// From the largest p-value down: the least of `scaled(rank, p)` so far, ranks from 1.
  private func stepUp(_ values: inout [Double], scaled: (Double, Double) -> Double) {
    var lowest = 1.0
    for (position, index) in ascending.enumerated().reversed() {
      lowest = min(lowest, scaled(Double(position + 1), values[index]))
      values[index] = lowest
    }
  }
}
