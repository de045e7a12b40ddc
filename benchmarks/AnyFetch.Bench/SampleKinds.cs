using System.Globalization;

namespace AnyFetch.Bench;

/// <summary>Documents of the kinds that a team has: files and mails mostly, some contacts, events and threads.</summary>
internal static class SampleKinds
{
    /// <summary>The body of <c>POST /documents</c> for the n-th document.</summary>
    public static string Body(this SampleText text, string identifier, int n) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"identifier":"{{identifier}}","document_type":"{{TypeOf(n)}}",
        "creation_date":"20{{10 + (n % 16)}}-0{{1 + (n % 9)}}-15T10:00:00.000Z","metadata":{{text.Metadata(n).Insert(1, $"\"reference\":\"{identifier}\",")}}}
        """);

    /// <summary>The name of the n-th document's type.</summary>
    public static string TypeOf(int n) => (n % 10) switch
    {
        0 or 1 or 2 => "document",
        3 or 4 or 5 => "email",
        6 => "file",
        7 => "contact",
        8 => "event",
        _ => "email-thread",
    };

    /// <summary>The n-th document's metadata.</summary>
    public static string Metadata(this SampleText text, int n) => TypeOf(n) switch
    {
        "document" => $$"""{"title":"{{text.Text(40)}}","path":"/{{text.Word()}}/{{text.Word()}}.txt","text":"{{text.Text(800)}}"}""",
        "email" => text.Mail(),
        "file" => $$"""{"title":"{{text.Text(30)}}","path":"/{{text.Word()}}/{{text.Word()}}.pdf","text":"{{text.Text(800)}}"}""",
        "contact" => $$"""
            {"name":"{{text.Text(14)}}","jobTitle":"{{text.Word()}}","worksFor":"{{text.Word()}}",
            "phone":[{"phone":"+33 6 12 34 56 78"}],"email":[{"email":"{{text.Word()}}@example.org"}]}
            """,
        "event" => $$"""
            {"name":"{{text.Text(30)}}","startDate":"2014-03-21T10:00:00Z","endDate":"2014-03-21T11:00:00Z",
            "description":"{{text.Text(300)}}","location":"{{text.Word()}}","attendee":[{{text.Person()}},{{text.Person()}}]}
            """,
        _ => $$"""
            {"subject":"{{text.Text(40)}}","date":"2014-03-21T10:00:00Z","participants":[{{text.Person()}},{{text.Person()}}],
            "messages":[{{text.Mail()}},{{text.Mail()}},{{text.Mail()}}]}
            """,
    };

    private static string Mail(this SampleText text) => $$"""
        {"subject":"{{text.Text(40)}}","from":[{{text.Person()}}],"to":[{{text.Person()}},{{text.Person()}}],"cc":[],
        "date":"2014-03-21T10:00:00Z","text":"{{text.Text(700)}}","labels":["{{text.Word()}}"],"attachmentsCount":1}
        """;

    private static string Person(this SampleText text) =>
        $$"""{"name":"{{text.Text(12)}}","address":"{{text.Word()}}@example.org"}""";
}
