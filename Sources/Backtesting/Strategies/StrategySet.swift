import Kernels

/// The strategies of a sweep: any column of their parameter matrix can be made alone, from its number.
public struct StrategySet: Sendable {
  /// How columns are made.
  public enum Columns: Sendable {
    case coinFlips(seed: UInt64, probability: Double, count: Int)
    case signals(SignalColumns)
    case linear(LinearColumns, Threshold)
    case grid(RuleGrid)
  }

  /// How the parameter matrix is filled.
  public let family: Family
  /// How a column is made.
  public let columns: Columns
  /// The sides of the market that are taken.
  public let direction: Direction
  /// Stops of every strategy, at most one value each, except in a grid, which has its own.
  public let stops: StopAxes
  /// Names of strategies that came with some; empty where strategies go by their number.
  public let givenNames: [String]

  public init(
    family: Family, columns: Columns, direction: Direction, stops: StopAxes, givenNames: [String] = []
  ) {
    self.family = family
    self.columns = columns
    self.direction = direction
    self.stops = stops
    self.givenNames = givenNames
  }

  /// The number of strategies.
  public var count: Int {
    switch columns {
    case .coinFlips(_, _, let count): count
    case .signals(let signals): signals.count
    case .linear(let linear, _): linear.count
    case .grid(let grid): grid.count
    }
  }

  /// The features that the strategies use, to which weights refer by index.
  public var features: [Feature] {
    switch columns {
    case .coinFlips, .signals: []
    case .linear(let linear, _): linear.features
    case .grid(let grid): grid.features
    }
  }

  /// Whether any strategy has a stop.
  public var hasStops: Bool { stops != .none }

  /// What strategy `index` is called in artifacts.
  public func name(of index: Int) -> String {
    givenNames.isEmpty ? String(index) : givenNames[index]
  }

  /// The position rule of strategy `index`.
  public func rule(of index: Int) -> PositionRule {
    switch columns {
    case .coinFlips: rule(Threshold(entry: 0, exit: 0))
    case .signals: rule(Threshold(entry: 0.5, exit: 0.5))
    case .linear(let linear, let common): rule(linear.threshold(of: index, common: common))
    case .grid(let grid): grid.rule(of: index)
    }
  }

  private func rule(_ threshold: Threshold) -> PositionRule {
    stops.rule(entry: threshold.entry, exit: threshold.exit, direction: direction)
  }

  /// Calls `body` with the index into ``features`` and the weight of every feature that strategy `index` uses.
  public func forEachWeight(of index: Int, _ body: (Int, Double) -> Void) {
    switch columns {
    case .coinFlips, .signals: break
    case .linear(let linear, _): linear.forEachWeight(of: index) { if $1 != 0 { body($0, $1) } }
    case .grid(let grid): grid.forEachWeight(of: index, body)
    }
  }

  /// Fills `block` with the strategies of block number `number`.
  func fill(_ block: inout StrategyBlock, number: Int) {
    let first = number * TilePlan.strategiesPerBlock
    block.begin(at: first)
    let numbers = first..<min(first + TilePlan.strategiesPerBlock, count)
    switch columns {
    case .grid(let grid): grid.append(numbers, to: &block)
    case .linear(let linear, let common):
      linear.append(numbers, under: common, rule: rule, to: &block)
    case .coinFlips, .signals:
      for index in numbers { block.append(rule(of: index)) }
    }
  }
}
