import Kernels

/// All combinations of a rule's parameters, numbered.
///
/// The last axis runs fastest, except that the first two axes of a patched family run in patches of 8 × 8, whole
/// patches first: see ``RuleFamily``.
public struct RuleGrid: Sendable {
  /// No sweep has more strategies: their tallies alone would take several gigabytes. Larger ones go by shards.
  public static let mostStrategies = 10_000_000

  /// What the kernels need of one strategy.
  struct Column: Sendable {
    /// Index into ``features`` of the feature that is added.
    let added: Int32
    /// Index of the feature that is subtracted, or -1.
    let subtracted: Int32
    let entry: Double
    let exit: Double
  }

  /// The rule.
  public let family: RuleFamily
  /// The sides of the market that are taken.
  public let direction: Direction
  /// Stops that multiply the grid.
  public let stops: StopAxes
  /// The features that any strategy uses.
  public let features: [Feature]
  let columns: [Column]
  /// Values of each axis, the stops' last.
  private let values: [[Double]]
  /// For each strategy its place in the full product of the axes.
  private let places: [UInt32]
  /// The combinations of that product.
  private let product: UInt32

  /// The number of strategies.
  public var count: Int { columns.count }
  /// All combinations of the axes' values, those included that make no strategy.
  public var combinations: Int { Int(product) }
  /// Names of the parameters, in the order of ``parameters(of:)``.
  public let parameterNames: [String]

  /// - Parameters:
  ///   - axisValues: for each axis of `family` its values.
  /// - Throws: ``StrategyError``.
  public init(family: RuleFamily, axisValues: [[Double]], direction: Direction, stops: StopAxes)
    throws(StrategyError)
  {
    let axes = zip(family.axes, axisValues).map { (axis: $0, values: $1) } + stops.axes
    for (axis, values) in axes { try axis.check(values) }
    let product = axes.reduce(1.0) { $0 * Double($1.values.count) }
    // Half of a product may be no strategies (fast at or above slow), so the product may be larger than the limit.
    guard product <= 4 * Double(Self.mostStrategies) else {
      throw .gridTooLarge(family: family.family, count: product, limit: Self.mostStrategies)
    }
    self.family = family
    self.direction = direction
    self.stops = stops
    self.product = UInt32(product)
    self.values = axes.map(\.values)
    self.parameterNames = axes.map(\.axis.name)
    let enumeration = GridEnumeration(values: values, isPatched: family.isPatched)
    self.places = enumeration.places { family.isStrategy($0) }
    guard places.count <= Self.mostStrategies else {
      throw .gridTooLarge(family: family.family, count: Double(places.count), limit: Self.mostStrategies)
    }
    guard !places.isEmpty else { throw .emptyGrid(family: family.family, reason: family.condition) }

    var features = GridFeatures()
    // Of the feature that is added, and of the one that is subtracted if there is one.
    var lookups = [family.added, family.subtracted].compactMap(\.self).map { [values] in
      GridFeatures.Lookup($0, of: values)
    }
    var choice = enumeration.choice(at: places[0])
    var columns: [Column] = []
    columns.reserveCapacity(places.count)
    for place in places {
      enumeration.choose(place, &choice)
      let (entry, exit) = family.thresholds(choice.values)
      columns.append(
        Column(
          added: features.number(of: choice, by: &lookups[0]),
          subtracted: lookups.count > 1 ? features.number(of: choice, by: &lookups[1]) : -1,
          entry: entry, exit: exit))
    }
    self.columns = columns
    self.features = features.features
  }

  /// The parameters of strategy `index`, in the order of ``parameterNames``.
  public func parameters(of index: Int) -> [Double] {
    GridEnumeration(values: values, isPatched: family.isPatched).choice(at: places[index]).values
  }

  /// Calls `body` with each strategy of `range` and its parameters.
  func forEachChoice(in range: Range<Int>, _ body: (Int, [Double]) -> Void) {
    guard let first = range.first else { return }
    let enumeration = GridEnumeration(values: values, isPatched: family.isPatched)
    // One for all: there may be millions.
    var choice = enumeration.choice(at: places[first])
    for index in range {
      enumeration.choose(places[index], &choice)
      body(index, choice.values)
    }
  }

  /// Calls `body` with the parameters of strategy `index`, in the order of ``parameterNames``.
  func forEachParameter(of index: Int, _ body: (Double) -> Void) {
    var (rest, below) = (places[index], product)
    for axis in values.indices {
      below /= UInt32(values[axis].count)
      let (number, remainder) = rest.quotientAndRemainder(dividingBy: below)
      body(values[axis][Int(number)])
      rest = remainder
    }
  }

  /// The position rule of strategy `index`.
  public func rule(of index: Int) -> PositionRule {
    let column = columns[index]
    let hasStops = values.count > family.axes.count
    let stopValues = hasStops ? parameters(of: index).dropFirst(family.axes.count) : []
    return stops.rule(entry: column.entry, exit: column.exit, direction: direction, values: stopValues)
  }

  /// Adds the strategies with these numbers to `block`.
  func append(_ numbers: Range<Int>, to block: inout StrategyBlock) {
    for index in numbers {
      block.append(rule(of: index))
      forEachWeight(of: index) { block.weigh(feature: $0, by: $1) }
    }
  }

  /// Calls `body` with the index and the weight of every feature of strategy `index`.
  func forEachWeight(of index: Int, _ body: (Int, Double) -> Void) {
    let column = columns[index]
    body(Int(column.added), 1)
    if column.subtracted >= 0 { body(Int(column.subtracted), -1) }
  }
}
