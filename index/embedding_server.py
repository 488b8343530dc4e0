"""Embedding in bulk by a server, for a build of many texts: text-embeddings-inference.

A build needs the vectors of tokens as well as of texts, so the server is asked for all of them
(``/embed_all``), and the vector of a text is their mean, as in the model. It has to serve the very
model that this machine has: questions are embedded here, and vectors of two models say nothing to
each other. So both embed some texts first, and the server is believed where it says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import httpx
import numpy as np
from numpy.typing import NDArray

from index.embedding import Encoded
from index.errors import ModelError

if TYPE_CHECKING:
    from index.embedding import Embedder, Side
    from sources.settings import Settings

_BATCH = 16  # texts in a request; servers take 32 by default
_SECONDS = 120.0
_TRIES = 5
_SAME, _ALIKE = 0.999, 0.99  # cosine of a text with itself, and of its tokens, at half precision
_SAMPLE = (
    "Les quais du nord sont réparés chaque hiver.",
    "De noordelijke kaaien worden elke winter hersteld.",
    "Le phare",
    "De havenmeester mag, op verzoek van de kapitein, een schip weigeren dat geen aangifte heeft "
    "gedaan van zijn lading; hij deelt dit binnen vierentwintig uur schriftelijk mee.",
)


class ServedEmbedder:
    """See :class:`index.embedding.Embedder`: passages are embedded by a server.

    Args:
        local: The model of this machine, which the server has to have, too.
        url: Of the server.
        key: Its key; "" where it wants none.
    """

    def __init__(self, local: Embedder, url: str, key: str = "") -> None:
        self._local, self._url = local, url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self.id = local.id
        self._prefix = {"query": local.id.query_prefix, "passage": local.id.passage_prefix}
        with self._client() as client:
            self._before = {side: self._compared(client, side) for side in self._prefix}

    def encode(self, texts: Sequence[str], side: Side) -> list[Encoded]:
        """See :class:`index.embedding.Embedder`; without the tokens as they are written."""
        parts = (texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH))
        with self._client() as client:
            rows = chain.from_iterable(self._asked(client, part, side) for part in parts)
            return [self._encoded(row, self._before[side]) for row in rows]

    def token_spans(self, passage: str) -> list[tuple[int, int]]:
        """See :class:`index.embedding.Embedder`."""
        return self._local.token_spans(passage)

    def _client(self) -> httpx.Client:
        """No proxy that the environment names is to see the texts and the key."""
        return httpx.Client(headers=self._headers, timeout=_SECONDS, trust_env=False)

    def _encoded(self, rows: NDArray[np.float32], before: int) -> Encoded:
        """Vectors of a text, from those of all its tokens, the prefix and the signs included."""
        text, tokens = rows.mean(axis=0), rows[before : max(len(rows) - 1, before + 1)]
        lengths = np.linalg.norm(tokens, axis=1, keepdims=True)
        unit = text / max(float(np.linalg.norm(text)), 1e-9)
        return Encoded(
            np.asarray(unit, np.float32),
            np.asarray(tokens / np.maximum(lengths, 1e-9), np.float32),
        )

    def _compared(self, client: httpx.Client, side: Any) -> int:
        """Tokens before a text on this side; ``ModelError`` where the server's model is another."""
        found: set[int] = set()
        expected, got = self._local.encode(_SAMPLE, side), self._asked(client, _SAMPLE, side)
        for text, here, rows in zip(_SAMPLE, expected, got, strict=True):
            before = len(rows) - len(here.tokens) - 1
            there = self._encoded(rows, max(before, 0))
            if (
                before < 0
                or float(there.text @ here.text) < _SAME
                or float((there.tokens * here.tokens).sum(axis=1).mean()) < _ALIKE
            ):
                raise self._error("embeds with another model than this machine has", repr(text))
            found.add(before)
        if len(found) > 1:
            raise self._error("cuts texts in another way than this machine does", sorted(found))
        return found.pop()

    def _asked(
        self, client: httpx.Client, texts: Sequence[str], side: Side
    ) -> list[NDArray[np.float32]]:
        """Vectors of all tokens of each text, shape (tokens, dimension)."""
        from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

        again = Retrying(
            stop=stop_after_attempt(_TRIES),
            wait=wait_exponential(0.5, max=20),
            retry=retry_if_exception(_passes),
            reraise=True,
        )
        sent = {"inputs": [self._prefix[side] + t for t in texts], "truncate": True}
        try:
            reply = again(self._post, client, sent)
            found = [np.asarray(rows, np.float32) for rows in reply.json()]
        except httpx.HTTPStatusError as error:
            status, said = error.response.status_code, " ".join(error.response.text.split())[:200]
            raise self._error("refuses", f"{status} {said}") from error
        except httpx.HTTPError as error:
            raise self._error("cannot be reached", error or type(error).__name__) from error
        except (ValueError, TypeError) as error:
            raise self._error("answers with something else than vectors", error) from error
        whole = all(f.ndim == 2 and f.shape[1] == self.id.dimension for f in found)
        if len(found) != len(texts) or not whole or not all(np.isfinite(f).all() for f in found):
            raise self._error("gives other vectors than were asked for", len(found))
        return found

    def _post(self, client: httpx.Client, sent: dict[str, Any]) -> httpx.Response:
        return client.post(f"{self._url}/embed_all", json=sent).raise_for_status()

    def _error(self, what: str, value: object) -> ModelError:
        return ModelError(
            f"the server for embedding {what}",
            f"{self._url} ({value})",
            "Serve the model that DUCHESSE_MODEL names (by default the folder below models/ in the "
            "data folder), or unset DUCHESSE_EMBED_URL. What was embedded is in the cache.",
        )


def _passes(error: BaseException) -> bool:
    """May the same request go right in a moment?"""
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code in (408, 424, 429, 500, 502, 503, 504)
    return isinstance(error, httpx.TransportError)


def for_builds(settings: Settings) -> Embedder:
    """The model that a build embeds with: that of this machine, or the same on a server."""
    from index import embedding

    local = embedding.load(settings)
    if not settings.embed_url:
        return local
    return ServedEmbedder(local, settings.embed_url, settings.embed_key.get_secret_value())
