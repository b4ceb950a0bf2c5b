/// What the numbers of a file of returns are.
public enum ReturnsValues: String, Codable, CaseIterable, Sendable {
  /// Returns of a bar, as fractions: 0.01 is 1 %.
  case returns
  /// Returns of a bar in percent.
  case percent
  /// Logarithms of 1 and the return.
  case log
  /// 1 and the return of a bar.
  case gross
  /// Prices, or the value of an account: the returns are their changes from bar to bar.
  case prices
  /// The same as ``prices``.
  case equity
  /// Logarithms of prices, or logarithmic returns added up.
  case logPrices = "log-prices"
  /// Compounded returns since some bar, as fractions.
  case cumulative
  /// The same in percent.
  case cumulativePercent = "cumulative-percent"
  /// Returns, or profits in money, added up since some bar.
  case summed
  /// Profits and losses of a bar in money.
  case money

  /// What is done with the numbers, in words.
  var words: String {
    switch self {
    case .returns: "returns as fractions"
    case .percent: "returns in percent, divided by 100"
    case .log: "log returns, as the returns that they stand for"
    case .gross: "1 plus the return of a bar, less 1"
    case .prices: "prices, as their changes from bar to bar"
    case .equity: "equity, as its changes from bar to bar"
    case .logPrices: "log prices, as the returns that their changes stand for"
    case .cumulativePercent: "compounded returns in percent, as their changes from bar to bar"
    case .cumulative: "compounded returns, as their changes from bar to bar"
    case .summed: "sums, as their changes from bar to bar"
    case .money: "profits in money"
    }
  }

  /// The number that a value of this kind must exceed; a gross return may be as low as it.
  var bound: Double? {
    switch self {
    case .prices, .equity, .gross: 0
    case .cumulative: -1
    case .cumulativePercent: -100
    case .returns, .percent, .log, .logPrices, .summed, .money: nil
    }
  }

  /// Whether numbers of this kind belong to a bar, and not to all bars up to it.
  var isOfBars: Bool {
    switch self {
    case .returns, .percent, .log, .gross, .money: true
    case .prices, .equity, .logPrices, .cumulative, .cumulativePercent, .summed: false
    }
  }
}

/// How columns that begin at different bars are brought together.
public enum StartBlank: String, Codable, CaseIterable, Sendable {
  /// The bars on which all columns have a return.
  case common
  /// Blanks at the beginning of a column are returns of 0.
  case zero
}

/// What a row of a file without names is.
public enum ReturnRows: String, Codable, CaseIterable, Sendable {
  case bars
  case strategies
}
