import FoundationEssentials

/// What scripts/compare/peers/vectorbt_costs.py wrote of vectorbt's sweep over the built-in daily bars.
struct VectorbtFigures: Decodable {
  /// The figures at one fee under one convention of costs, a number for each pair.
  struct Run: Decodable {
    /// `additive` is ours: the fee is taken off the return of the bar after the decision.
    let costConvention: String
    let feeBasisPoints: Double
    let numTrades: [Int]
    let totalReturn: [Double]
    let sharpeRatio: [Double]
    let maxDrawdown: [Double]
    let winRate: [Double]
  }

  /// The bars that the figures are of.
  struct Bars: Decodable {
    let count: Int
  }

  let bars: Bars
  let barsPerYear: Double
  let fast: [Double]
  let slow: [Double]
  let runs: [Run]

  static let read = Result { try Fixtures.decode(VectorbtFigures.self, "vectorbt-sma-cross.json") }

  /// The figures at `fee` basis points under `convention`.
  func run(fee: Double, convention: String) -> Run? {
    runs.first { $0.feeBasisPoints == fee && $0.costConvention == convention }
  }
}

/// Files beside the tests.
enum Fixtures {
  static func path(_ name: String) -> String {
    "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Fixtures/\(name)"
  }

  /// A JSON file whose keys are written with underscores.
  static func decode<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(contentsOf: URL(filePath: path(name))))
  }
}
