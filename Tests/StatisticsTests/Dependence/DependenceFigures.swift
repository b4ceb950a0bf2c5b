import FoundationEssentials
import Statistics
import Testing

/// Figures of NumPy and scikit-learn, and the matrices of returns they belong to.
enum DependenceFigures {
  static let matrices = ["averages", "blocks", "tailed"]

  /// The numbers that the fixture holds under `key`.
  static func values(_ name: String, _ key: String) throws -> [Double] {
    let text = try String(contentsOfFile: "\(folder)/Fixtures/dependence.csv", encoding: .utf8)
    let line = text.split(separator: "\n").map { $0.split(separator: ",") }
      .first { $0.count == 4 && $0[1] == name && $0[2] == key }
    return try #require(line, "the fixture holds \(name), \(key)")[3].split(separator: " ").map {
      Double($0)!
    }
  }

  /// The matrix that scripts/make-dependence-fixtures.py makes under the same name, bit for bit.
  static func matrix(_ name: String) throws -> ReturnMatrix {
    switch name {
    case "averages": return try averages()
    case "blocks":
      var draws = Draws()
      let rows = (0..<400).map { _ in
        let factors = (0..<5).map { _ in draws.uniform() - 0.5 }
        return (0..<40).map { (factors[blockOf($0)] + 0.75 * (draws.uniform() - 0.5)) / 64 }
      }
      return try ReturnMatrix(bars: 400, strategies: 40, values: rows.flatMap { $0 })
    default:
      let returns = try StatisticsFigures.matrix(name)
      return try ReturnMatrix(bars: returns.bars, strategies: returns.strategies, values: returns.values)
    }
  }

  /// The group to which a column of the matrix "blocks" belongs.
  static func blockOf(_ column: Int) -> Int {
    [4, 10, 18, 28, 40].firstIndex { column * 7 % 40 < $0 }!
  }

  static func matrix(columns: [[Double]]) throws -> ReturnMatrix {
    let bars = columns.first?.count ?? 0
    return try ReturnMatrix(
      bars: bars, strategies: columns.count, values: (0..<bars).flatMap { bar in columns.map { $0[bar] } })
  }

  /// Long where the fast average of closes is above the slow one.
  private static func averages() throws -> ReturnMatrix {
    let path = folder.split(separator: "/").dropLast(2).joined(separator: "/")
    let text = try String(contentsOfFile: "/\(path)/Sources/CBuiltInMarkets/btc-1d.csv", encoding: .utf8)
    let close = text.split(separator: "\n").dropFirst().prefix(1_200)
      .map { Double($0.split(separator: ",")[4])! }
    let sums = close.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1) }
    func average(_ bar: Int, _ length: Int) -> Double {
      (sums[bar + 1] - sums[bar + 1 - length]) / Double(length)
    }
    func rule(_ fast: Int, _ slow: Int) -> [Double] {
      (88..<close.count - 1).map { bar in
        average(bar, fast) > average(bar, slow) ? close[bar + 1] / close[bar] - 1 : 0
      }
    }
    var columns: [[Double]] = []
    for fast in [2, 3, 5, 8, 13, 21] {
      for slow in [5, 8, 13, 21, 34, 55, 89] where fast < slow { columns.append(rule(fast, slow)) }
    }
    return try matrix(columns: columns)
  }

  private static var folder: String {
    "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
  }

  /// Fractions of 2³¹ from a linear congruential generator (Knuth's MMIX).
  private struct Draws {
    var state: UInt64 = 1

    mutating func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / 0x1p31
    }
  }
}
