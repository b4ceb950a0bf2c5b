import FoundationEssentials
import Statistics
import Testing

/// Figures of the package `arch`, and the returns and resamples that they belong to.
enum BootstrapFigures {
  /// Expected block length and number of resamples in all of them.
  static let blockLength = 8.0
  static let resamples = 199

  static let matrices = ["bitcoin", "tailed", "planted"]

  /// What a fixture holds for `group`, `case` and `key`, split at spaces.
  static func texts(
    _ group: String, _ name: String, _ key: String, in file: String = "bootstrap"
  ) throws -> [String] {
    let folder = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let text = try String(contentsOfFile: "\(folder)/Fixtures/\(file).csv", encoding: .utf8)
    let row = text.split(separator: "\n").first { $0.hasPrefix("\(group),\(name),\(key),") }
    let found = try #require(row, "the fixture holds \(group), \(name), \(key)")
    return found.split(separator: ",", omittingEmptySubsequences: false)[3].split(separator: " ").map(
      String.init)
  }

  static func values(_ group: String, _ name: String, _ key: String) throws -> [Double] {
    try texts(group, name, key).map { try #require(Double($0)) }
  }

  static func integers(_ group: String, _ name: String, _ key: String) throws -> [Int] {
    try texts(group, name, key).map { try #require(Int($0)) }
  }

  /// The matrix that scripts/make-bootstrap-fixtures.py makes under the same name, bit for bit.
  static func matrix(_ name: String) throws -> ReturnMatrix {
    let base = try StatisticsFigures.matrix(name == "planted" ? "tailed" : name)
    let edge = name == "planted" ? (0..<base.strategies).map { Double($0 - 25) / 2_048 } : []
    let values = base.values.enumerated().map { index, value in
      edge.isEmpty ? value : value + edge[index % base.strategies]
    }
    return try ReturnMatrix(bars: base.bars, strategies: base.strategies, values: values)
  }

  /// The resamples that the script makes: blocks on the circle of bars, one after the other.
  static func resamples(bars: Int) throws -> Resamples {
    let length = Int(blockLength)
    var state: UInt64 = 7
    let lists = (0..<resamples).map { _ in
      let blocks = (0..<(bars + length - 1) / length).flatMap { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let start = Int(Double(state >> 33) / 0x1p31 * Double(bars))
        return (start..<start + length).map { $0 % bars }
      }
      return Array(blocks.prefix(bars))
    }
    return try Resamples(lists: lists, meanBlockLength: blockLength)
  }

  /// Our p-value where arch counts `above` resamples strictly above, and none is exactly as large.
  static func pValue(above: Int) -> Double { Double(1 + above) / Double(resamples + 1) }
}
