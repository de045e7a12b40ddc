using System.Globalization;
using System.Text;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Errors;

/// <summary>Writes <c>docs/errors.md</c> from the catalogue; a test compares the two.</summary>
internal static class ErrorManual
{
    public static string Write()
    {
        var text = new StringBuilder();
        text.Append("""
            # Errors

            Every error of the API has the same body:

            ```json
            {"code": "InvalidArgument", "message": "The parameter 'limit' must be a whole number from 0 to 2147483647."}
            ```

            `code` is one of the names below, `message` is text for people that names the offending parameter. The
            `fields` filter never touches errors. Checks come in this order: credentials, scheme, scope, administrator,
            arguments, existence, rules, the company's secure flag.

            | Status | `code` | When |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var (code, status, when) in ErrorCatalog.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {status} | `{code}` | {when} |\n");
        }

        text.Append("""

            A 401 carries `WWW-Authenticate: Bearer`; a 429 carries `Retry-After` in seconds; a 405 carries `Allow`.

            ## Requests that are no HTTP

            A request line or header that cannot be parsed (`%00` in a path, a byte that is no UTF-8, two lengths) or that is
            above a bound gets the same body, and the connection is closed after it. There is no answer where none can be sent:
            to a client that closed the connection or its sending side before the end of its body. A client that is still
            sending while the server closes (413, 414, 431) may lose the answer on the way, as TCP has it. A `HEAD` whose
            path cannot be parsed is answered like a `GET`, since the verb was not read yet.

            """.ReplaceLineEndings("\n"));
        return text.ToString();
    }
}
