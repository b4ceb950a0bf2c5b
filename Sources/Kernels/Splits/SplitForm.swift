import CSplitKernel

/// What the split kernel can make of the sums of a union of blocks, with the quantities it takes in order.
///
/// n are the bars of the union. Where something is undefined, a strategy has the value 0, and is counted.
public enum SplitForm: Equatable, Sendable {
  /// x/n, or -x/n where less is better.
  case perBar(isCost: Bool)
  /// x.
  case total
  /// x/y, defined where y > 0.
  case ratio
  /// x - 1, where x multiplies over blocks instead of adding up.
  case growth
  /// Mean over standard deviation (n - 1) of Σx, Σx²; undefined without deviation.
  case sharpe(SpreadRounding)
  /// Mean over standard deviation (m) of m, Σx, Σx²; undefined without deviation.
  case sharpeOfTrades(SpreadRounding)
  /// Mean over downside deviation (n) of Σx, Σmin(x, 0)²; undefined without a loss.
  case sortino
  /// Mean over downside deviation (m) of m, Σx, Σmin(x, 0)²; undefined without a loss.
  case sortinoOfTrades

  /// How many quantities the form takes.
  public var quantities: Int { Int(fluke_split_quantities(metric)) }

  var metric: fluke_split_metric {
    switch self {
    case .perBar, .total: FLUKE_SPLIT_PER_BAR
    case .ratio: FLUKE_SPLIT_RATIO
    case .growth: FLUKE_SPLIT_GROWTH
    case .sharpe: FLUKE_SPLIT_SHARPE
    case .sharpeOfTrades: FLUKE_SPLIT_SHARPE_OF_TRADES
    case .sortino: FLUKE_SPLIT_SORTINO
    case .sortinoOfTrades: FLUKE_SPLIT_SORTINO_OF_TRADES
    }
  }

  /// Up to where a deviation is none.
  var rounding: SpreadRounding {
    switch self {
    case .sharpe(let rounding), .sharpeOfTrades(let rounding): rounding
    default: .double
    }
  }

  var isCost: Bool { self == .perBar(isCost: true) }
}
