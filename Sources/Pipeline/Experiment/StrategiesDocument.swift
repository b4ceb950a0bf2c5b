import Artifacts
import Backtesting

/// `strategies/strategies_latest.json`: the parameter matrix by columns, or the recipe that makes every column again.
struct StrategiesDocument: Codable {
  /// Above this many strategies the matrix stays out of the file.
  static let mostColumns = 10_000

  let family: Family
  let seed: UInt64
  let count: Int
  let direction: String
  /// Names of the rows of `columns`.
  let parameters: [String]
  /// One array a strategy, in the order of their numbers.
  let columns: [[Measure]]?
  /// Names that the strategies came with.
  let names: [String]?
  /// Given signals, packed.
  let signals: PackedSignals?
  /// The options that make all strategies again.
  let recipe: StrategyOptions

  init(_ strategies: StrategySet, recipe: StrategyOptions) {
    let isGiven = !strategies.givenNames.isEmpty
    family = strategies.family
    seed = recipe.seed
    count = strategies.count
    direction = strategies.direction.rawValue
    parameters = strategies.parameterNames
    // What was given cannot be made again, so it is kept whatever its size.
    let isKept = strategies.count <= Self.mostColumns || isGiven
    columns =
      isKept && !parameters.isEmpty
      ? (0..<strategies.count).map { strategies.parameters(of: $0).map { Measure($0) } } : nil
    names = isGiven ? strategies.givenNames : nil
    if case .signals(let given) = strategies.columns {
      signals = PackedSignals(given)
    } else {
      signals = nil
    }
    self.recipe = recipe
  }

  /// What the recipe's files held, from the document itself.
  var imports: StrategyAssembly.Imports {
    var imports = StrategyAssembly.Imports()
    if let names, let signals { imports.signals = GivenSignals(ids: names, signals: signals.columns) }
    if let names, let columns, family == .linear {
      let rows = parameters.firstIndex(of: "entry") ?? parameters.count
      imports.weights = ImportedWeights(
        featureNames: Array(parameters[..<rows]), ids: names,
        columns: columns.map { column in column[..<rows].map(\.value) },
        entry: columns.map { $0[rows].value }, exit: columns.map { $0[rows + 1].value })
    }
    return imports
  }
}
