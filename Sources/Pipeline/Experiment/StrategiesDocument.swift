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

  /// The strategies that the recipe makes again, or that the document holds.
  ///
  /// - Parameter hasVolume: whether the market tells volumes.
  /// - Throws: `JSONError` where the recipe is none that options can be, or where what it makes is not what the document
  ///   says.
  func strategies(hasVolume: Bool) throws -> StrategySet {
    func require(_ holds: Bool, _ path: String, _ found: String, _ needed: String) throws(JSONError) {
      guard !holds else { return }
      throw .unexpected(document: ArtifactKeys.strategies, path: path, found: found, needed: needed)
    }
    if let names {
      try require(names.count == count, "names", "\(names.count) names", "\(count), one a strategy")
      try require(Set(names).count == count, "names", "a name twice", "another one for each strategy")
    }
    if let columns {
      try require(columns.count == count, "columns", "\(columns.count) columns", "\(count), one a strategy")
      let isWhole = columns.allSatisfy { column in
        column.count == parameters.count && (names == nil || column.allSatisfy(\.value.isFinite))
      }
      try require(
        isWhole, "columns", "a column that is not whole", "\(parameters.count) finite numbers in each")
    }
    let isGiven = recipe.signals != nil || recipe.weights != nil
    try require(
      isGiven == (names != nil) && (recipe.signals == nil || signals != nil)
        && (recipe.weights == nil || columns != nil),
      "recipe", isGiven ? "no strategies of a file" : "names", "what the recipe says")
    let made = try StoredOptions.check(in: ArtifactKeys.strategies, at: "recipe") {
      var options = Configuration()
      options.strategies = recipe
      try options.check()
      return try StrategyAssembly.strategies(recipe, imports: imports, hasVolume: hasVolume)
    }
    try require(
      made.family == family && made.direction.rawValue == direction && recipe.seed == seed, "recipe",
      "another family, seed or direction", "that of the document")
    try require(made.count == count, "recipe", "\(made.count) strategies", "\(count), as the document says")
    try require(made.parameterNames == parameters, "parameters", "other names", "those of the recipe")
    return made
  }

  /// What the recipe's files held, from the document itself.
  private var imports: StrategyAssembly.Imports {
    var imports = StrategyAssembly.Imports()
    if let names, let signals { imports.signals = GivenSignals(ids: names, signals: signals.columns) }
    // Both thresholds stand behind the weights; one that an option gave is no file's.
    if let names, let columns, family == .linear, let rows = parameters.firstIndex(of: "entry"),
      rows > 0, rows + 1 < parameters.count
    {
      imports.weights = ImportedWeights(
        featureNames: Array(parameters[..<rows]), ids: names,
        columns: columns.map { column in column[..<rows].map(\.value) },
        entry: recipe.parameters["entry"] == nil ? columns.map { $0[rows].value } : nil,
        exit: recipe.parameters["exit"] == nil ? columns.map { $0[rows + 1].value } : nil)
    }
    return imports
  }
}
