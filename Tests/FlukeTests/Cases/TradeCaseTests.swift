import Artifacts
import FoundationEssentials
import TestSupport
import Testing

/// Trades with their costs, the winner one open later, and the parameters by name.
@Suite struct TradeCaseTests {
  /// Any JSON value.
  private indirect enum Value: Decodable {
    case number(Double)
    case text(String)
    case list([Value])
    case members([String: Value])
    case null
    case other

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if value.decodeNil() {
        self = .null
      } else if let number = try? value.decode(Double.self) {
        self = .number(number)
      } else if let text = try? value.decode(String.self) {
        self = .text(text)
      } else if let list = try? value.decode([Value].self) {
        self = .list(list)
      } else if let members = try? value.decode([String: Value].self) {
        self = .members(members)
      } else {
        self = .other
      }
    }

    subscript(_ path: String) -> Value {
      path.split(separator: ".").reduce(self) { value, name in
        switch value {
        case .members(let members): members[String(name)] ?? .other
        case .list(let values): Int(name).flatMap { values.indices.contains($0) ? values[$0] : nil } ?? .other
        default: .other
        }
      }
    }

    /// NaN where it is null.
    var number: Double {
      switch self {
      case .number(let value): return value
      case .null: return .nan
      default:
        Issue.record("there is no number")
        return .nan
      }
    }

    var text: String? {
      if case .text(let value) = self { value } else { nil }
    }

    var texts: [String] {
      if case .list(let values) = self { values.compactMap(\.text) } else { [] }
    }
  }

  private func summary(_ arguments: String, on file: String) throws -> Value {
    let ending = try CaseFile.run(arguments + " --json -q", on: file)
    #expect(ending.status == 0, "\(ending.error)")
    return try JSONDocument.decode(Value.self, from: Array(ending.output.utf8), document: "summary")
  }

  private static let rsi =
    "sweep --data FILE --family rsi --period 2 --entry 20:40:10 --exit 45:65:10 --blocks 8 --bootstrap 0"

  @Test func theSpreadThatACloseEarnsIsGoneOneOpenLater() throws {
    let found = try summary(Self.rsi, on: "bounce.csv")
    let other = found["overfitting.other_fill"]
    #expect(other["fill"].text == "next-open")
    #expect(abs(other["sharpe_ratio_instead_of"].number - 7.113) < 0.0005)
    #expect(abs(other["sharpe_ratio"].number + 1.419) < 0.0005)
    // What a sweep that fills at the next open finds best.
    #expect(abs(other["top.sharpe_ratio"].number + 0.682) < 0.0005)
    #expect(other["top.best"].text == "3")
    #expect(found["validation.other_fill.sharpe_ratio"].number == other["sharpe_ratio"].number)
    #expect(
      found["validation.overfitting_reasons"].texts.contains {
        $0.contains("instead of 7.113, below the bound of 0")
      })
    #expect(found["winner_parameters.entry"].number == 40 && found["winner_parameters.exit"].number == 45)
    #expect(found["validation_summary.all_strategies.0.parameters.period"].number == 2)

    let text = try CaseFile.run(Self.rsi, on: "bounce.csv").output
    #expect(text.contains("one open later"))
    #expect(text.contains("the profit needs the very close that decides"))
  }

  @Test func filledAtTheNextOpenTheCloseIsTheOtherFill() throws {
    let found = try summary(Self.rsi + " --fill next-open", on: "bounce.csv")
    let other = found["overfitting.other_fill"]
    #expect(other["fill"].text == "close" && other["instead_of"].text == "next-open")
    #expect(abs(other["sharpe_ratio_instead_of"].number + 0.682) < 0.0005)
    #expect(other["sharpe_ratio"].number > 5)
    #expect(!found["validation.overfitting_reasons"].texts.contains { $0.hasPrefix("Filled at") })
  }

  /// The same spread, by rules of other kinds.
  @Test(arguments: [
    "--family bollinger --period 5:20:5 --width 0.5,1 --exit 0,0.5",
    "--family stochastic --period 5,8 --smoothing 1 --entry 20,30 --exit 50,70",
  ])
  func otherRulesEarnItToo(family: String) throws {
    let found = try summary("sweep --data FILE \(family) --blocks 8 --bootstrap 0", on: "bounce.csv")
    let other = found["overfitting.other_fill"]
    #expect(other["sharpe_ratio_instead_of"].number > 1)
    #expect(other["sharpe_ratio"].number < other["sharpe_ratio_instead_of"].number / 2)
    #expect(
      found["validation.overfitting_reasons"].texts.contains { $0.hasPrefix("Filled at the next open") })
  }

  /// A file of `signals`, one long on the bars whose numbers are given and flat on the others.
  private func signals(_ long: [Int], bars: Int, in folder: borrowing TemporaryFolder) throws -> String {
    let values = (0..<bars).map { long.contains($0) ? "1" : "0" }.joined(separator: ",")
    return try folder.write("{\"s\": [\(values)]}", as: "signals.json")
  }

  /// By hand: closes 100, 101, 104, 101, 106, 103, …, so that trades are few and their returns known.
  private func bars(in folder: borrowing TemporaryFolder) throws -> (path: String, closes: [Double]) {
    let closes = (0..<40).map { (bar: Int) -> Double in
      let (jump, wave) = (bar % 2 * 3, bar * bar % 7)
      return Double(100 + jump + wave)
    }
    let rows = closes.enumerated().map { bar, close in "\(1_577_923_200 + bar * 86_400),\(close)\n" }
    return (try folder.write("timestamp,close\n" + rows.joined(), as: "bars.csv"), closes)
  }

  /// Long on single bars and on runs of bars, against a loop over trades.
  @Test(arguments: [[4], [4, 9], [4, 5, 6], [2, 3, 8, 12, 13, 14, 20], [0, 1, 2, 26], [26, 25]])
  func aTradeBearsItsOwnCosts(long: [Int]) throws {
    let folder = try TemporaryFolder()
    let (path, closes) = try bars(in: folder)
    let file = try signals(long, bars: 40, in: folder)
    let ending = try Program.run(
      [
        "sweep", "--data", path, "--signals", file, "--signals-from", "market", "--fee-bps", "30",
        "--convention", "per-trade", "--minimum-trades", "1", "--select", "win_rate", "--bars-per-year",
        "252",
        "--blocks", "0", "--bootstrap", "0", "--json", "-q",
      ], in: folder.path)
    #expect(ending.status == 0, "\(ending.error)")
    let found = try JSONDocument.decode(Value.self, from: Array(ending.output.utf8), document: "summary")
    // Training is the first 28 bars; the position of bar 26 is the last that earns in it.
    let x = long.sorted().map { (bar: Int) -> Double in
      let entering = long.contains(bar - 1) ? 0 : 0.003
      let leaving = bar < 26 && long.contains(bar + 1) ? 0 : 0.003
      return closes[bar + 1] / closes[bar] - 1 - entering - leaving
    }
    let n = Double(x.count)
    let mean = x.reduce(0, +) / n
    func sum(_ value: (Double) -> Double) -> Double { x.reduce(0) { $0 + value($1) } }
    let deviation = (sum { ($0 - mean) * ($0 - mean) } / n).squareRoot()
    let downside = (sum { min($0, 0) * min($0, 0) } / n).squareRoot()
    let performance = found["training_performance"]
    func expect(_ metric: String, _ value: Double) {
      let figure = performance[metric].number
      #expect(
        value.isFinite ? abs(figure - value) < 1e-9 * max(1, abs(value)) : figure.isNaN,
        "\(metric): \(figure), expected \(value)")
    }
    expect("num_trades", n)
    expect("total_return", n * mean)
    expect("expectancy", mean)
    expect("win_rate", Double(x.count { $0 > 0 }) / n)
    expect("volatility", n > 1 ? deviation * 252.0.squareRoot() : .nan)
    expect("sharpe_ratio", n > 1 ? mean / deviation * 252.0.squareRoot() : .nan)
    expect("sortino_ratio", downside > 0 ? mean / downside * 252.0.squareRoot() : .nan)
    let losses = sum { max(-$0, 0) }
    expect("profit_factor", losses > 0 ? sum { max($0, 0) } / losses : .nan)
    func moment(_ power: Int) -> Double {
      sum { value in (0..<power).reduce(1) { product, _ in product * (value - mean) } } / n
    }
    expect("skewness", n > 1 ? moment(3) / (moment(2) * moment(2).squareRoot()) : .nan)
    expect("kurtosis", n > 1 ? moment(4) / (moment(2) * moment(2)) : .nan)
    // The statistics of the winner begin with the same returns.
    let sharpe = found["overfitting.sharpe_ratio"]["before_benchmark"]
    if n > 1 {
      #expect(
        abs(sharpe["sharpe_annualized"].number - performance["sharpe_ratio"].number)
          < 1e-9 * abs(performance["sharpe_ratio"].number))
    } else {
      #expect(sharpe["sharpe_annualized"].number.isNaN)
    }
  }
}
