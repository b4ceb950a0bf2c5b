extension Feature {
  /// The text before the parentheses of a name; one for each case.
  enum Stem: String, CaseIterable {
    case sma, ema, momentum, rsi, bollinger, donchian
    case macdGap = "macd-gap"
    case stochastic
    case scaledMomentum = "scaled-momentum"
    case scaledSMA = "scaled-sma"
    case scaledEMA = "scaled-ema"
    case scaledRSI = "scaled-rsi"
    case scaledMACD = "scaled-macd"
    case cci, adx
    case directionalBalance = "directional-balance"
    case aroon, mfi
    case rangeRatio = "range-ratio"
    case volatilityRatio = "volatility-ratio"
    case volumeRatio = "volume-ratio"
    case body
    case closeLocation = "close-location"
  }

  /// A short text that names the feature in artifacts, such as `sma(20)` or `stochastic(14/3)`.
  ///
  /// It never changes for a case, and it holds no comma, so that it stands in a CSV header without quotes.
  public var name: String {
    "\(stem.rawValue)(\(periods.map(String.init).joined(separator: "/")))"
  }

  /// The feature of that exact `name`, or nil if there is none or `check()` would refuse it.
  public init?(name: String) {
    guard name.hasSuffix(")"), let parenthesis = name.firstIndex(of: "("),
      let stem = Stem(rawValue: String(name[..<parenthesis]))
    else { return nil }
    let inside = name[name.index(after: parenthesis)...].dropLast()
    let fields = inside.split(separator: "/", omittingEmptySubsequences: false)
    let periods = fields.compactMap { Int($0) }
    guard let feature = Feature(stem: stem, periods: periods), feature.name == name, feature.problem == nil
    else { return nil }
    self = feature
  }

  var stem: Stem {
    switch self {
    case .simpleMovingAverage: .sma
    case .exponentialMovingAverage: .ema
    case .momentum: .momentum
    case .relativeStrength: .rsi
    case .bollinger: .bollinger
    case .donchian: .donchian
    case .macdGap: .macdGap
    case .stochastic: .stochastic
    case .scaledMomentum: .scaledMomentum
    case .scaledSimpleMovingAverage: .scaledSMA
    case .scaledExponentialMovingAverage: .scaledEMA
    case .scaledRelativeStrength: .scaledRSI
    case .scaledMACD: .scaledMACD
    case .commodityChannel: .cci
    case .trendStrength: .adx
    case .directionalBalance: .directionalBalance
    case .aroon: .aroon
    case .moneyFlow: .mfi
    case .rangeRatio: .rangeRatio
    case .volatilityRatio: .volatilityRatio
    case .volumeRatio: .volumeRatio
    case .body: .body
    case .closeLocation: .closeLocation
    }
  }

  /// The payload in the order of its declaration.
  var periods: [Int] {
    switch self {
    case .simpleMovingAverage(let period), .exponentialMovingAverage(let period), .momentum(let period),
      .relativeStrength(let period), .bollinger(let period), .donchian(let period),
      .scaledRelativeStrength(let period), .commodityChannel(let period), .trendStrength(let period),
      .directionalBalance(let period), .aroon(let period), .moneyFlow(let period), .body(let period),
      .closeLocation(let period):
      [period]
    case .macdGap(let first, let second), .stochastic(let first, let second),
      .scaledMomentum(let first, let second), .scaledSimpleMovingAverage(let first, let second),
      .scaledExponentialMovingAverage(let first, let second), .rangeRatio(let first, let second),
      .volatilityRatio(let first, let second), .volumeRatio(let first, let second):
      [first, second]
    case .scaledMACD(let fast, let slow, let signal, let volatility):
      [fast, slow, signal, volatility]
    }
  }

  private init?(stem: Stem, periods: [Int]) {
    switch (stem, periods.count) {
    case (.sma, 1): self = .simpleMovingAverage(period: periods[0])
    case (.ema, 1): self = .exponentialMovingAverage(period: periods[0])
    case (.momentum, 1): self = .momentum(period: periods[0])
    case (.rsi, 1): self = .relativeStrength(period: periods[0])
    case (.bollinger, 1): self = .bollinger(period: periods[0])
    case (.donchian, 1): self = .donchian(period: periods[0])
    case (.macdGap, 2): self = .macdGap(period: periods[0], signal: periods[1])
    case (.stochastic, 2): self = .stochastic(period: periods[0], smoothing: periods[1])
    case (.scaledMomentum, 2): self = .scaledMomentum(period: periods[0], volatility: periods[1])
    case (.scaledSMA, 2): self = .scaledSimpleMovingAverage(period: periods[0], volatility: periods[1])
    case (.scaledEMA, 2): self = .scaledExponentialMovingAverage(period: periods[0], volatility: periods[1])
    case (.scaledRSI, 1): self = .scaledRelativeStrength(period: periods[0])
    case (.scaledMACD, 4):
      self = .scaledMACD(fast: periods[0], slow: periods[1], signal: periods[2], volatility: periods[3])
    case (.cci, 1): self = .commodityChannel(period: periods[0])
    case (.adx, 1): self = .trendStrength(period: periods[0])
    case (.directionalBalance, 1): self = .directionalBalance(period: periods[0])
    case (.aroon, 1): self = .aroon(period: periods[0])
    case (.mfi, 1): self = .moneyFlow(period: periods[0])
    case (.rangeRatio, 2): self = .rangeRatio(fast: periods[0], slow: periods[1])
    case (.volatilityRatio, 2): self = .volatilityRatio(fast: periods[0], slow: periods[1])
    case (.volumeRatio, 2): self = .volumeRatio(fast: periods[0], slow: periods[1])
    case (.body, 1): self = .body(period: periods[0])
    case (.closeLocation, 1): self = .closeLocation(period: periods[0])
    default: return nil
    }
  }
}

extension Feature: CustomStringConvertible {
  /// The feature's `name`.
  public var description: String { name }
}

/// A feature is coded as its name.
extension Feature: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let feature = Feature(name: name) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "feature name is \"\(name)\", expected one such as sma(20); correct the name")
    }
    self = feature
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
