using AnyFetch.Core.Errors;

namespace AnyFetch.Core.Tests.Errors;

public sealed class ErrorCatalogTests
{
    [Fact]
    public void Every_code_has_a_status_and_a_meaning() =>
        Assert.Equal(Enum.GetValues<ErrorCode>().Order(), ErrorCatalog.All.Select(e => e.Code).Order());
}
