import Artifacts
import Backtesting

/// Options that are read back from a document of an earlier run: a digest that fits says nothing of who made it, so they
/// are checked as those that are typed.
enum StoredOptions {
  /// Runs `body`, which checks what stands at `path` of `document`.
  ///
  /// - Throws: `JSONError` in place of what options, or the strategies that they make, can be wrong in.
  static func check<Result>(
    in document: String, at path: String, _ body: () throws -> Result
  ) throws -> Result {
    func fault(_ found: String, _ needed: String) -> JSONError {
      .unexpected(document: document, path: path, found: found, needed: needed)
    }
    do {
      return try body()
    } catch ConfigurationError.outOfRange(let option, let found, let needed) {
      throw fault("\(option) \(ImportText.brief(found))", needed)
    } catch ConfigurationError.notTogether(let option, let with, _) {
      throw fault("\(option) with \(ImportText.brief(with))", "options that go together")
    } catch let error as StrategyError {
      // What it says ends with a remedy for options that were typed.
      let text = String("\(error)".prefix { $0 != ";" })
      throw fault(ImportText.brief(text, limit: 200), "strategies that options can make")
    }
  }
}
