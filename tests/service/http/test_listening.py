"""Tests of the port."""

import socket

from service.http.listening import listen


def test_answers_are_sent_without_waiting_for_the_caller() -> None:
    """Nagle's algorithm is off on every connection: it holds back the second part of an answer."""
    with (
        listen("127.0.0.1", 0) as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
