import Backtesting
import Testing

@Suite("Values of a parameter, as written")
struct ParameterValuesTests {
  @Test(
    arguments: [
      ("2:5", [2, 3, 4, 5]), ("7", [7]), ("-3", [-3]), ("5,10,20", [5, 10, 20]), ("3,1,2", [3, 1, 2]),
      ("10:250:80", [10, 90, 170, 250]), ("10:20:4", [10, 14, 18]), ("5:5", [5]), ("5:9:100", [5]),
      ("0:1:0.1", [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]),
      ("0.05:0.2:0.05", [0.05, 0.1, 0.15, 0.2]), ("-1:0.5:0.5", [-1, -0.5, 0, 0.5]),
      ("-0.3:0.3:0.1", [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]), ("1.5:3:1", [1.5, 2.5]), ("1e-3", [0.001]),
      ("0.25:1:0.125", [0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1]), ("1e3:3e3:1e3", [1000, 2000, 3000]),
    ] as [(String, [Double])])
  func read(text: String, expected: [Double]) throws {
    #expect(try ParameterValues(parsing: text, parameter: "fast").values == expected)
  }

  /// A range with decimal steps has the numbers that its decimals read as, to the bit.
  @Test(arguments: ["0.1", "0.01", "0.02", "0.05", "0.3", "0.7", "0.001", "1.1"])
  func decimalSteps(step: String) throws {
    let digits = step.split(separator: ".")[1].count
    let unit = try #require(Int(step.split(separator: ".").joined()))
    let values = try ParameterValues(parsing: "0:50:\(step)", parameter: "x").values
    for (index, value) in values.enumerated() {
      let number = String(index * unit)
      let padded = String(repeating: "0", count: max(0, digits + 1 - number.count)) + number
      #expect(value == Double("\(padded.dropLast(digits)).\(padded.suffix(digits))"))
    }
    #expect(try #require(values.last) <= 50)
  }

  @Test(
    "what is not a set of values is refused in one line that names it",
    arguments: [
      "", " ", "a", "1,,2", ",", "1,", ":", "1:", ":2", "1:2:", "1:2:3:4", "5:1", "1:5:0", "1:5:-1", "1:nan",
      "inf",
      "1:inf", "1,2,1", "0,-0", "1:1e9", "1:2:1e-300", "-1e308:1e308:1e-308", "1 2", "1:2,5",
    ])
  func refused(text: String) throws {
    let error = try #require(throws: StrategyError.self) {
      try ParameterValues(parsing: text, parameter: "slow")
    }
    guard case .badValues("slow", text, _) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(error.description.hasPrefix("--slow: found \"\(text)\", expected "))
    #expect(error.description.contains("; "))
    #expect(!error.description.contains("\n"))
  }

  @Test("an axis has no more values than the limit")
  func most() throws {
    #expect(
      try ParameterValues(parsing: "1:100000", parameter: "x").values.count == ParameterValues.mostValues)
    #expect(throws: StrategyError.self) { try ParameterValues(parsing: "0:100000", parameter: "x") }
  }

  @Test(
    "a range of fractions needs a step, and the message has one that works",
    arguments: [
      ("0.05:0.2", "0.01"), ("0.5:30.5", "2"), ("0:0.004", "0.001"), ("-0.25:1", "0.1"), ("1.5:1.5", nil),
      ("1e-3:5e-3", "0.0004"),
    ] as [(String, String?)])
  func stepNeeded(text: String, step: String?) throws {
    let error = try #require(throws: StrategyError.self) {
      try ParameterValues(parsing: text, parameter: "x")
    }
    guard case .noStep("x", text, let found) = error else {
      Issue.record("\(error)")
      return
    }
    if let step { #expect(found == step) }
    let values = try ParameterValues(parsing: "\(text):\(found)", parameter: "x").values
    #expect((1...21).contains(values.count))
    #expect(error.description.hasSuffix("write --x \(text):\(found)"))
  }

  @Test("a range of whole numbers, or of what is whole in any case, has a step of 1")
  func stepOfOne() throws {
    #expect(try ParameterValues(parsing: "2:4", parameter: "x").values == [2, 3, 4])
    #expect(try ParameterValues(parsing: "40:42.0", parameter: "x").values == [40, 41, 42])
    #expect(try ParameterValues(parsing: "2.5:4", parameter: "x", isWhole: true).values == [2.5, 3.5])
  }
}
