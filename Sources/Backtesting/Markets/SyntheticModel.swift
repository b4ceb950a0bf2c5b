/// How a synthetic market's prices come about.
///
/// As text: `random-walk`, `garch`, `regimes`, `bootstrap`, each with the defaults below or with parameters, as in
/// `garch:alpha=0.1,beta=0.85`. Volatilities and drifts are per bar; the defaults suit days of a crypto market, where
/// 0.035 is about 67 % a year.
public enum SyntheticModel: Sendable, Equatable, Codable {
  /// A geometric random walk: independent normal returns.
  case randomWalk(volatility: Double, drift: Double)
  /// GARCH(1,1): the variance of the next return is `(1 - α - β)·volatility² + α·shock² + β·variance`, where
  /// `volatility` is that of the long run. Reference: Bollerslev 1986.
  case garch(volatility: Double, drift: Double, alpha: Double, beta: Double)
  /// Two states that follow a Markov chain; a state's length is its mean number of bars. Reference: Hamilton 1989.
  case regimes(calm: Regime, wild: Regime)
  /// The stationary bootstrap of a real market's bars, in blocks of random length with the given mean.
  /// Reference: Politis & Romano 1994.
  case bootstrap(meanBlockLength: Double)

  /// One state of the regime-switching model.
  public struct Regime: Sendable, Equatable, Codable {
    /// The deviation of the return of a bar.
    public let volatility: Double
    /// The expected return a bar.
    public let drift: Double
    /// How many bars the state lasts on average.
    public let length: Double

    public init(volatility: Double, drift: Double, length: Double) {
      self.volatility = volatility
      self.drift = drift
      self.length = length
    }
  }

  /// The model's name in texts.
  public var name: String {
    switch self {
    case .randomWalk: "random-walk"
    case .garch: "garch"
    case .regimes: "regimes"
    case .bootstrap: "bootstrap"
    }
  }

  /// Whether the model needs a real market's bars.
  public var needsSource: Bool {
    if case .bootstrap = self { true } else { false }
  }

  /// The model that a text names, such as `regimes` or `random-walk:volatility=0.02`.
  ///
  /// - Throws: `SyntheticMarketError` for a name or a parameter that is unknown or a value out of range.
  public init(_ text: String) throws(SyntheticMarketError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    guard let known = Self.parameters.first(where: { $0.model == name }) else {
      throw .unknownModel(found: name, known: Self.parameters.map(\.model))
    }
    var values = Dictionary(uniqueKeysWithValues: known.parameters.map { ($0.name, $0.standard) })
    let assignments = parts.count < 2 ? [] : parts[1].split(separator: ",", omittingEmptySubsequences: false)
    for assignment in assignments {
      let sides = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let key = String(sides[0])
      guard let parameter = known.parameters.first(where: { $0.name == key }) else {
        throw .unknownParameter(model: name, found: key, known: known.parameters.map(\.name))
      }
      let found = sides.count < 2 ? "" : String(sides[1])
      guard let value = Double(found), parameter.range.contains(value) else {
        throw .badValue(parameter: key, found: found, range: parameter.range)
      }
      values[key] = value
    }
    func value(_ key: String) -> Double { values[key] ?? .nan }
    switch name {
    case "random-walk":
      self = .randomWalk(volatility: value("volatility"), drift: value("drift"))
    case "garch":
      let persistence = value("alpha") + value("beta")
      guard persistence < 1 else { throw .notStationary(persistence: persistence) }
      self = .garch(
        volatility: value("volatility"), drift: value("drift"), alpha: value("alpha"), beta: value("beta"))
    case "regimes":
      self = .regimes(
        calm: Regime(
          volatility: value("calm-volatility"), drift: value("calm-drift"), length: value("calm-length")),
        wild: Regime(
          volatility: value("wild-volatility"), drift: value("wild-drift"), length: value("wild-length")))
    default:
      self = .bootstrap(meanBlockLength: value("block"))
    }
  }

  private struct Parameter {
    let name: String
    let standard: Double
    let range: ClosedRange<Double>

    /// Up to a fifth a bar: a price path whose steps add up within a bar must stay above zero.
    static func volatility(_ name: String, _ standard: Double) -> Parameter {
      Parameter(name: name, standard: standard, range: 1e-6...0.2)
    }

    static func drift(_ name: String, _ standard: Double) -> Parameter {
      Parameter(name: name, standard: standard, range: -0.1...0.1)
    }

    static func length(_ name: String, _ standard: Double) -> Parameter {
      Parameter(name: name, standard: standard, range: 1...1e6)
    }
  }

  private static var parameters: [(model: String, parameters: [Parameter])] {
    [
      ("random-walk", [.volatility("volatility", 0.035), .drift("drift", 0)]),
      (
        "garch",
        [
          .volatility("volatility", 0.035), .drift("drift", 0),
          Parameter(name: "alpha", standard: 0.08, range: 0...1),
          Parameter(name: "beta", standard: 0.9, range: 0...1),
        ]
      ),
      (
        "regimes",
        [
          .volatility("calm-volatility", 0.02), .drift("calm-drift", 0.001), .length("calm-length", 60),
          .volatility("wild-volatility", 0.06), .drift("wild-drift", -0.001), .length("wild-length", 20),
        ]
      ),
      ("bootstrap", [.length("block", 20)]),
    ]
  }
}
