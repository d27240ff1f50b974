"""Pictures of articles without alternative text: what tells editors of them."""
