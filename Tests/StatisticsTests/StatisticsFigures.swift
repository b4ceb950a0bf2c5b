import FoundationEssentials
import Testing

/// Figures of independent software, and the matrices of returns they belong to.
enum StatisticsFigures {
  /// What the fixture holds for `group` and `case`: values by key.
  static func values(_ group: String, _ name: String) throws -> [String: [Double]] {
    try texts(group, name).mapValues { $0.split(separator: " ").map { Double($0)! } }
  }

  /// The same as they are written.
  static func texts(_ group: String, _ name: String) throws -> [String: String] {
    let found = try rows().filter { $0[0] == group && $0[1] == name }
    try #require(!found.isEmpty, "the fixture holds \(group), \(name)")
    return Dictionary(uniqueKeysWithValues: found.map { ($0[2], $0[3]) })
  }

  private static func rows() throws -> [[String]] {
    let text = try String(contentsOfFile: "\(folder)/Fixtures/statistics.csv", encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst()
      .map { $0.split(separator: ",").map(String.init) }
  }

  private static var folder: String {
    "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// Bars × strategies, the strategies of a bar side by side.
  struct Returns {
    let bars: Int
    let strategies: Int
    let values: [Double]

    func column(_ strategy: Int) -> [Double] {
      (0..<bars).map { values[$0 * strategies + strategy] }
    }

    init(bars: Int, strategies: Int, values: [Double]) {
      self.bars = bars
      self.strategies = strategies
      self.values = values
    }

    init(columns: [[Double]]) {
      bars = columns[0].count
      strategies = columns.count
      values = (0..<columns[0].count).flatMap { bar in columns.map { $0[bar] } }
    }

    var columns: [[Double]] { (0..<strategies).map { column($0) } }
  }

  static let matrices = ["bitcoin", "whole", "tailed"]

  /// The matrix that scripts/make-statistics-fixtures.py makes under the same name, bit for bit.
  static func matrix(_ name: String) throws -> Returns {
    switch name {
    case "bitcoin":
      let path = folder.split(separator: "/").dropLast(2).joined(separator: "/")
      let text = try String(contentsOfFile: "/\(path)/Sources/CBuiltInMarkets/btc-1d.csv", encoding: .utf8)
      let close = text.split(separator: "\n").dropFirst().prefix(1_200)
        .map { Double($0.split(separator: ",")[4])! }
      let bars = 20..<close.count - 1
      let columns = (1...22).map { lag in
        bars.map { bar in
          lag == 22 || (lag < 21 && close[bar] > close[bar - lag]) ? close[bar + 1] / close[bar] - 1 : 0
        }
      }
      return Returns(columns: columns)
    case "whole":
      var values = uniforms(407 * 13).map { Double(Int($0 * 21) - 10) / 1_024 }
      for bar in 0..<407 { values[bar * 13 + 5] = values[bar * 13 + 2] }
      return Returns(bars: 407, strategies: 13, values: values)
    default:
      let values = uniforms(520 * 30).map { ($0 - 0.47) / ($0 * (1 - $0) + 0.01) / 256 }
      return Returns(bars: 520, strategies: 30, values: values)
    }
  }

  private static func uniforms(_ count: Int) -> [Double] {
    var state: UInt64 = 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / 0x1p31
    }
  }
}
