using AnyFetch.Core.Documents;
using AnyFetch.Core.Ids;
using AnyFetch.Core.Json;

namespace AnyFetch.Core.Tests.Documents;

public sealed class ChildMoveTests
{
    [Theory]
    [InlineData("/docs/report", "/docs/report - final", "/docs/report/page.txt", "/docs/report - final/page.txt")]
    [InlineData("/box.zip", "/box.zip/again", "/box.zip/a - b.txt", "/box.zip/again/a - b.txt")]
    [InlineData("/box.zip", "/far/box.zip", "/box.zip - event 1", "/far/box.zip - event 1")]
    [InlineData("/box.zip", "/far/box.zip", "/box.zip2/a.txt", "/box.zip2/a.txt")]
    public void A_child_moves_once_however_often_it_is_asked_to(string former, string now, string child, string expected)
    {
        var move = new ChildMove(Identifier.Parse(former), null, Sample(now));

        var once = move.Apply(Sample(child));
        var twice = move.Apply(once);

        Assert.Equal(expected, once.Identifier.Value);
        Assert.Same(once, twice);
    }

    private static Document Sample(string identifier) => new()
    {
        Id = new DocumentId(ObjectId.New(DateTimeOffset.UnixEpoch)),
        Company = default,
        Provider = default,
        Identifier = Identifier.Parse(identifier),
        Type = default,
        CreationDate = DateTimeOffset.UnixEpoch,
        ModificationDate = DateTimeOffset.UnixEpoch,
        Metadata = JsonFields.Empty,
    };
}
