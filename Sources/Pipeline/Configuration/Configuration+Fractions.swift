extension Configuration {
  /// Checks that fractions are no percentages, which is what a number above 1 mostly is.
  func checkFractions() throws(ConfigurationError) {
    let fractions: [(option: String, value: Double, needed: String)] = [
      ("buy-probability", strategies.buyProbability ?? 0, "0 to 1"),
      ("train", backtest.train, "above 0, at most 1"),
      ("maximum-drop", detection.maximumDrop, "0 to 1"),
      ("minimum-deflated-sharpe", detection.minimumDeflatedSharpe, "0 to 1"),
      ("maximum-pbo", detection.maximumPBO, "0 to 1"),
      ("maximum-spa-p-value", detection.maximumSPAPValue, "0 to 1"),
      ("level", detection.level, "above 0, below 1"),
    ]
    for (option, value, needed) in fractions where value > 1 && value <= 100 {
      let hundredth = (value * 1e10).rounded() / 1e12
      throw .outOfRange(
        option: option, found: Figures.short(value),
        needed: "\(needed), a fraction: \(Figures.short(value)) % is \(Figures.short(hundredth))")
    }
  }
}
