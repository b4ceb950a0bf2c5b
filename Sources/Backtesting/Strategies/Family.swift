/// A way to fill a parameter matrix.
public enum Family: String, Codable, CaseIterable, Sendable {
  /// Long on bars that a coin chooses.
  case coinflip
  /// Random or imported weights over many features.
  case linear
  /// Long while a fast simple moving average is above a slow one.
  case smaCross = "sma-cross"
  /// Long while a fast exponential moving average is above a slow one.
  case emaCross = "ema-cross"
  /// Long after a rise over some bars.
  case momentum
  /// Long when the relative strength index is low, until it is high.
  case rsi
  /// Long below the lower Bollinger band, until the price is back.
  case bollinger
  /// Long above the highest high of earlier bars, until the price is back inside or below of their range.
  case donchian
  /// Long while the MACD line is above its signal line.
  case macd
  /// Long when the stochastic oscillator is low, until it is high.
  case stochastic
  /// Positions that were given, bar by bar.
  case signals
}
