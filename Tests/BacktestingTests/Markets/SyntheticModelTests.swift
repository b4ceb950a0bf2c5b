import Backtesting
import Testing

@Suite struct SyntheticModelTests {
  @Test(arguments: ["random-walk", "garch", "regimes", "bootstrap"])
  func namesAreRead(name: String) throws {
    let model = try SyntheticModel(name)
    #expect(model.name == name)
    #expect(model.needsSource == (name == "bootstrap"))
  }

  @Test func parametersReplaceTheDefaults() throws {
    #expect(
      try SyntheticModel("random-walk:volatility=0.02,drift=-1e-4")
        == .randomWalk(volatility: 0.02, drift: -1e-4))
    #expect(
      try SyntheticModel("garch:alpha=0.05") == .garch(volatility: 0.035, drift: 0, alpha: 0.05, beta: 0.9))
    #expect(try SyntheticModel("bootstrap:block=7") == .bootstrap(meanBlockLength: 7))
  }

  @Test(arguments: [
    ("brownian", "no model \"brownian\""), ("", "no model \"\""), ("garch:gamma=1", "no parameter \"gamma\""),
    ("garch:", "no parameter \"\""), ("garch:alpha", "alpha is \"\""), ("garch:alpha=x", "alpha is \"x\""),
    ("garch:alpha=-0.1", "from 0.0 to 1.0"), ("garch:alpha=0.2", "alpha + beta is"),
    ("random-walk:volatility=nan", "volatility is \"nan\""), ("bootstrap:block=0", "block is \"0\""),
  ])
  func whatIsWrongIsSaid(text: String, part: String) {
    let error = #expect(throws: SyntheticMarketError.self) { try SyntheticModel(text) }
    let message = error?.description ?? ""
    #expect(message.contains(part), "\(message)")
    #expect(message.hasPrefix("synthetic market: ") && message.contains("; ") && !message.contains("\n"))
  }
}
