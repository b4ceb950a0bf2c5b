import Backtesting
import TestSupport
import Testing

@testable import Pipeline

/// Thresholds of given weights come from the file, from options, or one from each, and are read back as they were.
@Suite struct GivenThresholdsTests {
  private static func options(_ parameters: [String: String]) -> StrategyOptions {
    var options = StrategyOptions()
    options.family = .linear
    options.weights = "weights.csv"
    options.parameters = parameters
    return options
  }

  private static func imports(entry: [Double]?, exit: [Double]?) -> StrategyAssembly.Imports {
    var imports = StrategyAssembly.Imports()
    imports.weights = ImportedWeights(
      featureNames: ["scaled-momentum(1/60)"], ids: ["a", "b"], columns: [[1], [-1]], entry: entry, exit: exit
    )
    return imports
  }

  /// Entry and exit of the file, of the options, and of both strategies.
  private static let cases: [([Double]?, [Double]?, [String: String], [[Double]])] = [
    (nil, nil, [:], [[0.5, 0], [0.5, 0]]),
    (nil, nil, ["entry": "0.4", "exit": "0.1"], [[0.4, 0.1], [0.4, 0.1]]),
    ([0.3, 2], nil, [:], [[0.3, 0], [2, 0]]),
    ([0.3, 2], nil, ["exit": "0.2"], [[0.3, 0.2], [2, 0.2]]),
    ([-0.3, 2], nil, [:], [[-0.3, -0.3], [2, 0]]),
    (nil, [0.1, -1], [:], [[0.5, 0.1], [0.5, -1]]),
    (nil, [0.1, -1], ["entry": "0.7"], [[0.7, 0.1], [0.7, -1]]),
    ([0.3, 2], [0.1, 1], [:], [[0.3, 0.1], [2, 1]]),
  ]

  @Test(arguments: cases.indices) func areThoseOfTheFileOrOfTheOptions(index: Int) throws {
    let (entry, exit, parameters, expected) = Self.cases[index]
    let options = Self.options(parameters)
    let strategies = try StrategyAssembly.strategies(
      options, imports: Self.imports(entry: entry, exit: exit), hasVolume: true)
    #expect((0..<2).map { strategies.parameters(of: $0).suffix(2) } == expected.map { $0[...] })
    let again = try StrategiesDocument(strategies, recipe: options).strategies(hasVolume: true)
    #expect((0..<2).map { again.parameters(of: $0) } == (0..<2).map { strategies.parameters(of: $0) })
  }

  @Test(arguments: [(0.3, 0.4), (2.0, 2.5)]) func anExitAboveTheEntryIsRefused(entry: Double, exit: Double) {
    let refusal = StrategyError.valueOutOfRange(
      parameter: "exit", value: exit, needed: "at most the entry, \(entry)")
    #expect(throws: refusal) {
      try StrategyAssembly.strategies(
        Self.options(["exit": "\(exit)"]), imports: Self.imports(entry: [3, entry], exit: nil),
        hasVolume: true)
    }
    #expect(throws: refusal) {
      try StrategyAssembly.strategies(
        Self.options(["entry": "\(entry)"]), imports: Self.imports(entry: nil, exit: [0, exit]),
        hasVolume: true)
    }
  }
}
