import Testing

@testable import Artifacts

/// What stands at the foot of every picture.
struct ContextTests {
  private let plot = WinRateHistogram(winRates: [0.4, 0.5, 0.6], expected: 0.5, best: 0.6, bestByLuck: 0.55)

  @Test func theContextStandsBelowTheDataAndInsideOfThePicture() throws {
    let plain = try Canvas()
    plot.draw(on: plain)
    let named = try Canvas(foot: "btc-1d, 2017-08-17 to 2024-12-31 · long only")
    plot.draw(on: named)
    let foot = 856..<880
    #expect(named.colours(columns: 40..<300, rows: foot).count > 4)
    #expect(named.colours(columns: 900..<1_560, rows: foot) == [0xFFFFFF])
    #expect(named.colours(columns: 0..<1_600, rows: 896..<900) == [0xFFFFFF])
    #expect(try plot.png(context: "a") != plot.png())
    #expect(try plot.png(context: "") == plain.png())
  }

  @Test(arguments: [
    ("exit -0.25, stop 0.1", "exit −0.25, stop 0.1"), ("-1 to 1", "−1 to 1"), ("(-3)", "(−3)"),
    ("btc-1d, 2017-08-17", "btc-1d, 2017-08-17"), ("long-short", "long-short"),
  ])
  func negativeNumbersHaveATrueMinus(text: String, shown: String) {
    #expect(Canvas.printable(text) == shown)
  }

  @Test func theTitleNamesTrainingLuckAndValidation() throws {
    func finding(unseen: Double, luck: Double) -> String {
      WinRateHistogram(winRates: [0.4, 0.73], expected: 0.5, best: 0.73, unseen: unseen, bestByLuck: luck)
        .finding
    }
    #expect(
      finding(unseen: 0.54, luck: 0.74)
        == "The best of 2 wins 73.0\u{A0}% of its bars in training, no more than luck’s 74.0\u{A0}%, and 54.0\u{A0}% in validation"
    )
    #expect(
      finding(unseen: .nan, luck: 0.7)
        == "The best of 2 wins 73.0\u{A0}% of its bars in training, more than luck’s 70.0\u{A0}%")
    #expect(
      finding(unseen: 0.54, luck: .nan)
        == "The best of 2 wins 73.0\u{A0}% of its bars in training, and 54.0\u{A0}% in validation")
  }
}
