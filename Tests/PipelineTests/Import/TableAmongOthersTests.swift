import Testing

@testable import Pipeline

/// Monthly factors with yearly ones below, as Kenneth French's library has them.
@Suite struct TableAmongOthersTests {
  private static let monthly =
    ",Mkt-RF,SMB\n" + (1...12).map { "\(199_000 + $0),  \($0 % 3 - 1).5\($0),  -0.\($0)\n" }.joined()
  private static let annual = "\n Annual Factors: January-December \n,Mkt-RF,SMB\n  1990,   7.00,   2.00\n"

  private func refusal(_ text: String, file: String = "ff.csv") -> String {
    let error = #expect(throws: ImportError.self) { try ReturnsReader().read(Array(text.utf8), file: file) }
    return error?.description ?? ""
  }

  @Test func theLargestTableCanBeCutOut() throws {
    let preface = "This file was made by a program.\nRates until 199012.\n\n"
    let message =
      "are a table, and line 18, \"Annual Factors: January-December\", is of another, expected one table; "
    #expect(
      refusal(preface + Self.monthly + Self.annual)
        == "ff.csv: lines 4 to 16 \(message)cut it out: sed -n '4,16p' 'ff.csv' > returns.csv")
    #expect(
      refusal(preface + Self.monthly + Self.annual, file: "ff.csv.gz")
        .hasSuffix("cut it out: gunzip --stdout 'ff.csv.gz' | sed -n '4,16p' > returns.csv"))
    #expect(refusal(Self.monthly + Self.annual).hasPrefix("ff.csv: lines 1 to 13 are a table, and line 15"))
    // What is cut out is read.
    let text = preface + Self.monthly + Self.annual
    let cut = text.split(separator: "\n", omittingEmptySubsequences: false)[3...15].joined(separator: "\n")
    #expect(try ReturnsReader().read(Array(cut.utf8), file: "returns.csv").bars == 12)
  }

  @Test func aWrongRowIsNoOtherTable() {
    // A row that is cut short, blank lines between rows, a wrong cell within the table.
    #expect(refusal(Self.monthly + "199101,1\n" + Self.monthly.dropFirst(12)).contains("line 14: 2 fields"))
    #expect(refusal(Self.monthly.replacing("199007", with: "\n199007") + "199101,1,x\n").contains("line 15"))
    #expect(refusal(Self.monthly + "199101,1,x\n" + Self.annual).contains("line 14"))
  }
}
