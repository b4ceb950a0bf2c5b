import Artifacts
import Statistics
import TestSupport
import Testing

@testable import Pipeline

@Suite struct AdjustedPValuesTests {
  private func run(_ text: String, tests: Int? = nil) throws -> (report: AdjustedPValues, store: MemoryStore)
  {
    let folder = try TemporaryFolder()
    let store = MemoryStore()
    let path = try folder.write(text, as: "p.csv")
    return (try AdjustedPValues.run(path: path, tests: tests, in: .test(store)), store)
  }

  @Test func aTestCountsWhetherItsPValueIsKnownOrNot() throws {
    let (report, store) = try run("test,p\na,0.01\nb,\nc,0.5\n", tests: 10)
    #expect(report.names == ["a", "b", "c"] && report.tests == 10)
    let bonferroni = try #require(report.adjusted.first { $0.adjustment == .bonferroni }).values
    #expect(bonferroni[0] == 0.1 && bonferroni[1].isNaN && bonferroni[2] == 1)
    let lines = try store.text("results/adjusted_p_values.csv").split(separator: "\n")
    #expect(
      lines[0] == "test,p_value,bonferroni,sidak,holm,benjamini_hochberg,benjamini_yekutieli,harvey_liu_bhy")
    #expect(lines[2] == "b,,,,,,,")
    #expect(report.text(directory: "out")[0] == "Fluke stats: p.csv, 3 p-values of 10 tests, 1 undefined")
    #expect(report.text(directory: "out")[2].hasSuffix("smallest; 1 of 3 at or below 0.05"))
    let json = try JSONDocument.decode(ReadJSON.self, from: report.document(), document: "p").value
    #expect(try json.count("tests") == 10)
    #expect(try json.text("p_values.0.test") == "a" && json.number("p_values.0.bonferroni") == 0.1)
    #expect(try json.at("p_values.1.p_value") == .null && json.at("p_values.1.holm") == .null)
  }

  @Test func fewerTestsThanPValuesAreRefused() {
    #expect(
      throws: ConfigurationError.outOfRange(
        option: "trials", found: "1", needed: "2, the p-values in the file, to 10000000")
    ) { _ = try run("0.1\n0.2\n", tests: 1) }
  }
}
