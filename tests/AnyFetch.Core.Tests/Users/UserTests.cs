using AnyFetch.Core.Users;

namespace AnyFetch.Core.Tests.Users;

public sealed class UserTests
{
    [Theory]
    [InlineData("ann@example.org", " Ann@Example.ORG ")]
    [InlineData("rené@example.org", "RENÉ@example.org")]
    [InlineData("iris@example.org", "IRIS@EXAMPLE.ORG")]
    public void Emails_are_compared_without_case_and_surrounding_space(string one, string other) =>
        Assert.Equal(User.NormalizeEmail(one), User.NormalizeEmail(other));

    [Theory]
    [InlineData("ann@example.org", "anne@example.org")]
    [InlineData("ren\u00e9@example.org", "rene\u0301@example.org")]
    [InlineData("\u0131ris@example.org", "iris@example.org")]
    public void Emails_with_other_code_points_are_other_emails(string one, string other) =>
        Assert.NotEqual(User.NormalizeEmail(one), User.NormalizeEmail(other));
}
