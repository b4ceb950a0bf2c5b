import Backtesting
import Kernels

/// How many signals a strategy may have, and what they then mean.
struct SignalLengths: Equatable, Sendable {
  /// Bars of the market.
  let bars: Int
  let trainingBars: Int
  /// As asked for; `nil` for what the number tells.
  let asked: SignalAlignment?

  /// Bars of the longest segment.
  var longest: Int { max(trainingBars, bars - trainingBars) }

  /// Where `length` signals begin: as many as bars are the market's, as many as the longest segment has bars begin anew
  /// with each segment; `nil` where they fit neither.
  func alignment(of length: Int) -> SignalAlignment? {
    switch asked {
    case .market: length == bars ? .market : nil
    case .segment: (longest...bars).contains(length) ? .segment : nil
    case nil: length == bars ? .market : length == longest ? .segment : nil
    }
  }

  /// What is accepted, in words.
  var needed: String {
    let market = "\(bars), one for each bar of the market"
    switch asked {
    case .market: return market
    case .segment: return "\(longest) to \(bars), one for each bar of the longest segment"
    case nil where longest == bars: return market
    case nil:
      let segment = longest == trainingBars ? "training" : "validation"
      return "\(market), or \(longest), one for each \(segment) bar, to begin anew with each segment"
    }
  }

  /// What was taken, for people; `length` is one that fits.
  func words(_ length: Int) -> String {
    let many = "\(Figures.count(length)) a strategy, "
    guard alignment(of: length) == .segment, bars > trainingBars else {
      return many + "one for each bar of the market"
    }
    return many
      + (length == trainingBars
        ? "one for each training bar; they begin anew with validation"
        : "which begin anew with each segment")
  }
}
